/* A string in bytes. */

#include "compiled.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Whether the needle stands there. With `small` capital ASCII letters count as small ones; the needle has none. */
static int stands(const uint8_t *data, const uint8_t *needle, Py_ssize_t length, int small)
{
    if (!small)
        return memcmp(data, needle, (size_t)length) == 0;
    for (Py_ssize_t at = 0; at < length; at++)
        if ((data[at] >= 'A' && data[at] <= 'Z' ? data[at] | 0x20 : data[at]) != needle[at])
            return 0;
    return 1;
}

/* Where `needle` begins in `data` at or behind `place`; -1 where it does not.

   Two of its bytes are looked for in sixteen places at once: the last one, and the last one of its first character. In
   UTF-8 these tell more than the bytes that characters begin with, most of which are the same throughout a script. */
static Py_ssize_t find(
    const uint8_t *data, Py_ssize_t size, const uint8_t *needle, Py_ssize_t length, Py_ssize_t place, int small
)
{
    if (length == 0 || length > size)
        return length == 0 && place <= size ? place : -1;
    const Py_ssize_t last = size - length; /* the last place where it can begin */
#ifdef __SSE2__
    Py_ssize_t near = 0;
    while (near + 1 < length && (needle[near + 1] & 0xC0) == 0x80)
        near++;
    if (near == length - 1 && near > 0)
        near--; /* a single character */
    /* The bit that makes a letter small may be set in all bytes here; what is found so is looked at again. */
    const char bit = small ? 0x20 : 0;
    const __m128i bits = _mm_set1_epi8(bit);
    const __m128i one = _mm_set1_epi8((char)needle[near] | bit), two = _mm_set1_epi8((char)needle[length - 1] | bit);
    for (; place + 15 <= last; place += 16) {
        const __m128i first = _mm_loadu_si128((const __m128i *)(data + place + near));
        const __m128i second = _mm_loadu_si128((const __m128i *)(data + place + length - 1));
        const __m128i ones = _mm_cmpeq_epi8(one, _mm_or_si128(bits, first));
        const __m128i twos = _mm_cmpeq_epi8(two, _mm_or_si128(bits, second));
        unsigned both = (unsigned)_mm_movemask_epi8(_mm_and_si128(ones, twos));
        for (Py_ssize_t at = place; both; both >>= 1, at++)
            if (both & 1 && stands(data + at, needle, length, small))
                return at;
    }
#endif
    for (; place <= last; place++) {
        if (!small) {
            const uint8_t *found = memchr(data + place, needle[0], (size_t)(last - place + 1));
            if (found == NULL)
                return -1;
            place = found - data;
        }
        if (stands(data + place, needle, length, small))
            return place;
    }
    return -1;
}

/* find(data, needle, begin, small): where the needle begins in the data, from `begin` on; -1 where it does not. With
   `small` capital ASCII letters of the data count as small ones. */
PyObject *wic_find(PyObject *self, PyObject *args)
{
    Py_buffer data, needle;
    Py_ssize_t begin, found;
    int small;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*np", &data, &needle, &begin, &small))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    found = find(data.buf, data.len, needle.buf, needle.len, begin < 0 ? 0 : begin, small);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&data);
    PyBuffer_Release(&needle);
    return PyLong_FromSsize_t(found);
}
