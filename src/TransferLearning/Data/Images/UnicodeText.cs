using System.Globalization;
using System.Text;

namespace TransferLearning.Data.Images;

/// <summary>Brings names into one form: macOS writes <c>é</c> as <c>e</c> and a mark, other systems as one character.</summary>
internal static class UnicodeText
{
    // The algorithm for Hangul is section 3.12 of the Unicode standard.
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int BeforeFirstTail = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Dictionary<(char, char), char> Composed = Triples().ToDictionary(t => (t.Base, t.Mark), t => t.Whole);
    private static readonly Dictionary<char, char> Bases = Triples().ToDictionary(t => t.Whole, t => t.Base);

    /// <summary>
    /// The text in Unicode's composed form (NFC), if the marks of each character are in canonical order, as file systems write them.
    /// </summary>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\uFFFF'))
        {
            return text;
        }

        var composed = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (composed.Length > 0 && Join(composed[^1], letter) is { } whole)
            {
                composed[^1] = whole;
            }
            else
            {
                composed.Append(letter);
            }
        }

        return composed.ToString();
    }

    /// <summary>The letters in lower case without accents, to compare words.</summary>
    public static string Fold(string word)
    {
        if (word.All(char.IsAsciiLetterLower))
        {
            return word;
        }

        var folded = new StringBuilder(word.Length);
        foreach (char letter in word)
        {
            char plain = letter;
            while (Bases.TryGetValue(plain, out char before))
            {
                plain = before;
            }

            if (CharUnicodeInfo.GetUnicodeCategory(plain) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(plain));
            }
        }

        return folded.ToString();
    }

    private static char? Join(char first, char second)
    {
        int lead = first - FirstLead;
        int vowel = second - FirstVowel;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
        {
            return (char)(FirstSyllable + (((lead * Vowels) + vowel) * Tails));
        }

        int syllable = first - FirstSyllable;
        int tail = second - BeforeFirstTail;
        return syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails ? (char)(first + tail)
            : Composed.TryGetValue((first, second), out char whole) ? whole
            : null;
    }

    private static IEnumerable<(char Base, char Mark, char Whole)> Triples() =>
        UnicodeCompositions.Triples.Chunk(3).Select(t => (t[0], t[1], t[2]));
}
