using System.Text;
using TransferLearning.Data.Manifests;
using TransferLearning.Models.Labeling;

namespace TransferLearning.Models;

/// <summary>
/// Says which names mean the same class where they differ between a model and a data set: <c>bee, bees</c>, or a WordNet id and its words.
/// Immutable; thread-safe.
/// </summary>
public sealed class LabelMap
{
    private readonly Dictionary<string, List<string>> _meanings = new(StringComparer.Ordinal);

    private LabelMap(IEnumerable<string[]> rows)
    {
        foreach (string[] cells in rows)
        {
            string[] names = [.. cells.SelectMany(LabelNames.Of).Distinct()];
            foreach (string name in names)
            {
                if (!_meanings.TryGetValue(name, out List<string>? others))
                {
                    _meanings[name] = others = [];
                }

                others.AddRange(names);
            }
        }
    }

    /// <summary>Reads a map.</summary>
    /// <param name="path">
    /// A CSV or TSV file, UTF-8: the cells of a row are names of one class; plain numbers among them are passed over. Letter case and
    /// punctuation do not count.
    /// </param>
    /// <exception cref="TransferLearningException">The file cannot be read, or a row has fewer than two names.</exception>
    public static LabelMap FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var rows = new List<string[]>();
        string text = ReadText(path);
        foreach ((int line, string[] cells) in Rows(path, text))
        {
            string[] names = Array.FindAll(cells, c => c.Length > 0 && !c.All(char.IsAsciiDigit));
            rows.Add(names.Length >= 2 ? names : throw new TransferLearningException(
                $"'{path}', line {line}: expected at least two names of one class, such as n01443537,goldfish"));
        }

        return new LabelMap(rows);
    }

    /// <summary>A map from names to names.</summary>
    /// <param name="sameClass">Pairs of names of one class; a name may occur in several.</param>
    public static LabelMap Of(IEnumerable<KeyValuePair<string, string>> sameClass)
    {
        ArgumentNullException.ThrowIfNull(sameClass);
        return new LabelMap(sameClass.Select(p => new[] { p.Key, p.Value }));
    }

    /// <summary>All that a normalized name means; empty where the map does not know it.</summary>
    internal IReadOnlyList<string> Meanings(string name) => _meanings.GetValueOrDefault(name) ?? [];

    internal static string ReadText(string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TransferLearningException($"'{path}' cannot be read as a text file in UTF-8: {e.Message}", e);
        }
    }

    private static List<(int Line, string[] Cells)> Rows(string path, string text)
    {
        try
        {
            return [.. DelimitedText.Read(text, DelimitedText.FindDelimiter(path, text))];
        }
        catch (FormatException e)
        {
            throw new TransferLearningException($"'{path}', {e.Message}", e);
        }
    }
}
