/* Sentences and their tokens as JSON, the bytes that orjson would make of them as objects. */

#include "compiled.h"

/* Bytes that grow; `data` is NULL when there was no memory. */
typedef struct {
    char *data;
    size_t size, room;
} Bytes;

static char *more(Bytes *out, size_t needed)
{
    if (out->size + needed > out->room) {
        size_t room = 2 * (out->size + needed);
        char *data = realloc(out->data, room);
        if (data == NULL)
            return NULL;
        out->data = data;
        out->room = room;
    }
    return out->data + out->size;
}

static int put(Bytes *out, const char *text, size_t size)
{
    char *at = more(out, size);
    if (at == NULL)
        return -1;
    memcpy(at, text, size);
    out->size += size;
    return 0;
}

#define PUT(out, text) put(out, text, sizeof(text) - 1)

static int put_number(Bytes *out, PyObject *number)
{
    char digits[24];
    size_t at = sizeof digits;
    long long value = PyLong_AsLongLong(number);
    if (value == -1 && PyErr_Occurred())
        return -1;
    unsigned long long left = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
    do
        digits[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        digits[--at] = '-';
    return put(out, digits + at, sizeof digits - at);
}

static int put_string(Bytes *out, PyObject *string)
{
    static const char *const hex = "0123456789abcdef";
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(string, &size);
    char *at = text == NULL ? NULL : more(out, 6 * (size_t)size + 2); /* all of it escaped, and the quotes */
    if (at == NULL)
        return -1;
    *at++ = '"';
    for (const char *end = text + size; text < end; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            *at++ = *text;
            continue;
        }
        *at++ = '\\';
        switch (byte) {
        case '"': case '\\': *at++ = *text; break;
        case '\b': *at++ = 'b'; break;
        case '\t': *at++ = 't'; break;
        case '\n': *at++ = 'n'; break;
        case '\f': *at++ = 'f'; break;
        case '\r': *at++ = 'r'; break;
        default:
            memcpy(at, "u00", 3);
            at[3] = hex[byte >> 4];
            at[4] = hex[byte & 15];
            at += 5;
        }
    }
    *at++ = '"';
    out->size = (size_t)(at - out->data);
    return 0;
}

static int put_token(Bytes *out, PyObject *token)
{
    PyObject *fields[4];
    for (int number = 0; number < 4; number++)
        if ((fields[number] = PyTuple_GetItem(token, number)) == NULL)
            return -1;
    return PUT(out, "{\"text\":") || put_string(out, fields[0]) || PUT(out, ",\"start\":") || put_number(out, fields[1]) ||
                   PUT(out, ",\"end\":") || put_number(out, fields[2]) || PUT(out, ",\"kind\":") ||
                   put_string(out, fields[3]) || PUT(out, "}")
               ? -1
               : 0;
}

static int put_sentence(Bytes *out, PyObject *sentence)
{
    PyObject *start = PyTuple_GetItem(sentence, 0), *end = start == NULL ? NULL : PyTuple_GetItem(sentence, 1);
    PyObject *tokens = end == NULL ? NULL : PyTuple_GetItem(sentence, 2);
    Py_ssize_t size = tokens == NULL ? -1 : PyTuple_Size(tokens);
    if (size < 0 || PUT(out, "{\"start\":") || put_number(out, start) || PUT(out, ",\"end\":") || put_number(out, end) ||
        PUT(out, ",\"tokens\":["))
        return -1;
    for (Py_ssize_t number = 0; number < size; number++)
        if ((number > 0 && PUT(out, ",")) || put_token(out, PyTuple_GetItem(tokens, number)) < 0)
            return -1;
    return PUT(out, "]}");
}

/* sentences(tuple): a JSON array of the sentences, each a tuple of start, end and tokens, these of text, start, end, kind */
PyObject *wic_sentences(PyObject *self, PyObject *args)
{
    PyObject *sentences, *result = NULL;
    Bytes out = {0};
    (void)self;
    if (!PyArg_ParseTuple(args, "O!", &PyTuple_Type, &sentences))
        return NULL;
    int wrong = PUT(&out, "[");
    for (Py_ssize_t number = 0; !wrong && number < PyTuple_Size(sentences); number++)
        wrong = (number > 0 && PUT(&out, ",")) || put_sentence(&out, PyTuple_GetItem(sentences, number)) < 0;
    if (!wrong && PUT(&out, "]") == 0)
        result = PyBytes_FromStringAndSize(out.data, (Py_ssize_t)out.size);
    else if (!PyErr_Occurred())
        PyErr_NoMemory();
    free(out.data);
    return result;
}
