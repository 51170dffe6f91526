/* Thai character clusters, by the rules of pythainlp that wic/segment/newmm.py has as a regular expression: the first
   rule that fits decides, and what stands in parentheses below is optional. */

#include "compiled.h"

typedef struct {
    const uint32_t *points;
    Py_ssize_t size;
} Text;

#define AT(place) ((place) < text->size ? text->points[place] : 0)
#define IS(place, point) ((place) < text->size && text->points[place] == (point))
#define IN(place, low, high) ((place) < text->size && text->points[place] >= (low) && text->points[place] <= (high))
#define CONSONANT(place) IN(place, 0xE01, 0xE2E)
#define TONE(place) IN(place, 0xE48, 0xE4B)

enum { O_ANG = 0xE2D, SARA_A = 0xE30, HAN_AKAT = 0xE31, SARA_AA = 0xE32, SARA_AM = 0xE33, SARA_I = 0xE34, SARA_II = 0xE35,
       SARA_UE = 0xE36, SARA_UEE = 0xE37, SARA_U = 0xE38, SARA_UU = 0xE39, SARA_E = 0xE40, SARA_AE = 0xE41, SARA_O = 0xE42,
       TAIKHU = 0xE47, SILENT = 0xE4C, YO_YAK = 0xE22, WO_WAEN = 0xE27, RO_RUA = 0xE23, KO_KAI = 0xE01, HO_HIP = 0xE2B };

/* A silenced consonant, or two of which the second may have a vowel: the place behind it, or the place itself. */
static Py_ssize_t silenced(const Text *text, Py_ssize_t place)
{
    if (!CONSONANT(place))
        return place;
    for (Py_ssize_t end = CONSONANT(place + 1) ? place + 2 : place + 1; end > place; end--) {
        if ((IS(end, SARA_UU) || IS(end, SARA_U) || IS(end, SARA_I)) && IS(end + 1, SILENT))
            return end + 2;
        if (IS(end, SILENT))
            return end + 1;
    }
    return place;
}

static Py_ssize_t tone(const Text *text, Py_ssize_t place)
{
    return TONE(place) ? place + 1 : place;
}

/* Whether a letter that can begin a syllable stands there, or the line ends. */
static int begins(const Text *text, Py_ssize_t place)
{
    return place >= text->size || (place == text->size - 1 && text->points[place] == '\n') || IN(place, 0xE40, 0xE44) ||
           CONSONANT(place);
}

/* Clusters that begin with SARA E; 0 where no rule fits. */
static Py_ssize_t after_e(const Text *text, Py_ssize_t place)
{
    Py_ssize_t one = place + 1, two = place + 2, three = place + 3, end;
    if (!CONSONANT(one))
        return 0;
    if (IS(two, TAIKHU) && CONSONANT(three)) /* เc็c */
        return silenced(text, place + 4);
    if (CONSONANT(two)) {
        end = tone(text, three);
        if (IS(end, SARA_AA) && IS(end + 1, SARA_A)) /* เccาะ */
            return silenced(text, end + 2);
        if (IS(three, SARA_II)) {
            end = tone(text, place + 4);
            if (IS(end, YO_YAK) && (IS(end + 1, SARA_A) || begins(text, end + 1))) /* เccียะ, เccีย */
                return silenced(text, IS(end + 1, SARA_A) ? end + 2 : end + 1);
        }
        if (IS(three, TAIKHU) && CONSONANT(place + 4)) /* เcc็c */
            return silenced(text, place + 5);
    }
    if (IS(two, SARA_I)) {
        if (CONSONANT(three) && IS(place + 4, SILENT)) /* เcิc์c */
            if (CONSONANT(place + 5))
                return silenced(text, place + 6);
        end = tone(text, three);
        if (CONSONANT(end)) /* เcิc */
            return silenced(text, end + 1);
    }
    if (IS(two, SARA_II)) {
        end = tone(text, three);
        if (IS(end, YO_YAK)) /* เcีย(ะ) */
            return silenced(text, IS(end + 1, SARA_A) ? end + 2 : end + 1);
    }
    if (IS(two, SARA_UEE)) {
        end = tone(text, three);
        if (IS(end, O_ANG)) /* เcือ(ะ) */
            return silenced(text, IS(end + 1, SARA_A) ? end + 2 : end + 1);
    }
    if (IS(two, SARA_I) || IS(two, SARA_II) || IS(two, SARA_U) || IS(two, SARA_UU)) {
        end = tone(text, three);
        if (IS(end, YO_YAK) && begins(text, end + 1)) /* เcูย */
            return silenced(text, end + 1);
    }
    end = tone(text, two); /* เc(า)(ะ) */
    end += IS(end, SARA_AA);
    end += IS(end, SARA_A);
    return silenced(text, end);
}

static Py_ssize_t after_consonant(const Text *text, Py_ssize_t place)
{
    Py_ssize_t one = place + 1, end;
    if (IS(one, HAN_AKAT)) {
        end = tone(text, place + 2);
        if (IS(end, WO_WAEN) && IS(end + 1, SARA_A)) /* cัวะ */
            return silenced(text, end + 2);
    }
    if (IS(one, HAN_AKAT) || IS(one, SARA_UEE)) {
        end = tone(text, place + 2);
        if (CONSONANT(end)) { /* cัc, cืc */
            end++;
            end += IS(end, SARA_U) || IS(end, SARA_I) || IS(end, SARA_A);
            return silenced(text, end);
        }
    }
    if ((IS(one, SARA_I) || IS(one, SARA_U) || IS(one, SARA_UU)) && IS(place + 2, SILENT)) /* cิ์ */
        return place + 3;
    if (IN(one, SARA_A, SARA_UU)) /* cา and others */
        return silenced(text, tone(text, place + 2));
    if (IS(one, RO_RUA) && IS(place + 2, RO_RUA) && CONSONANT(place + 3) && IS(place + 4, SILENT)) /* cรรc์ */
        return place + 5;
    if (IS(one, TAIKHU)) /* c็ */
        return place + 2;
    end = tone(text, one);
    end += IS(end, SARA_A) || IS(end, SARA_AA) || IS(end, SARA_AM);
    return silenced(text, end);
}

static Py_ssize_t after_ae(const Text *text, Py_ssize_t place)
{
    Py_ssize_t one = place + 1, two = place + 2;
    if (!CONSONANT(one))
        return 0;
    if (IS(two, TAIKHU) && CONSONANT(place + 3)) /* แc็c */
        return place + 4;
    if (CONSONANT(two) && IS(place + 3, SILENT)) /* แcc์ */
        return place + 4;
    Py_ssize_t end = tone(text, two);
    if (IS(end, SARA_A)) /* แcะ */
        return end + 1;
    if (CONSONANT(two) && IS(place + 3, TAIKHU) && CONSONANT(place + 4)) /* แcc็c */
        return place + 5;
    if (CONSONANT(two) && CONSONANT(place + 3) && IS(place + 4, SILENT)) /* แccc์ */
        return place + 5;
    return end; /* แc */
}

/* The end of the cluster that begins at a place; 0 where no rule fits. */
static Py_ssize_t cluster(const Text *text, Py_ssize_t place)
{
    uint32_t point = AT(place);
    Py_ssize_t end;
    if (CONSONANT(place))
        return after_consonant(text, place);
    if (point == SARA_E)
        return after_e(text, place);
    if (point == SARA_AE)
        return after_ae(text, place);
    if (point < SARA_O || point > 0xE44 || !CONSONANT(place + 1))
        return 0;
    end = tone(text, place + 2); /* โc, ใc, ไc */
    return point == SARA_O && IS(end, SARA_A) ? end + 1 : end;
}

void wic_cluster_ends(const uint32_t *points, Py_ssize_t size, uint8_t *ends)
{
    const Text whole = {points, size}, *text = &whole;
    memset(ends, 0, (size_t)size);
    for (Py_ssize_t place = 0, end; place < size; place = end) {
        end = IN(place, 0xE01, 0xE4E) ? cluster(text, place) : 0;
        if (end <= place)
            end = place + 1;
        if (end < size)
            ends[end] = 1;
    }
    for (Py_ssize_t place = 0; place < size; place++) {
        /* what is not Thai has no clusters: any place beside it is free */
        if (!IN(place, 0xE01, 0xE4E) || (place && !IN(place - 1, 0xE01, 0xE4E)))
            ends[place] = 1;
        /* a mark too many, or behind the wrong letter, is no word either */
        if (IS(place, HAN_AKAT) || IN(place, SARA_I, 0xE3A) || IN(place, TAIKHU, 0xE4E))
            ends[place] = 0;
    }
}
