using TransferLearning.Data.Manifests;
using TransferLearning.Models.Labeling;

namespace TransferLearning.Models;

/// <summary>
/// The names that mean the same class where a model and a data set name it differently: <c>bee, bees</c>, or a WordNet id and its words.
/// Immutable.
/// </summary>
/// <remarks>Thread-safe. Letter case and punctuation of names do not count.</remarks>
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

    /// <summary>Reads a map from a file.</summary>
    /// <param name="path">
    /// A CSV or TSV file, UTF-8, without a header. The cells of a row are names of one class; cells that are plain numbers are ignored.
    /// </param>
    /// <exception cref="TransferLearningException">The file cannot be read, or a row has fewer than two names.</exception>
    public static LabelMap FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var rows = new List<string[]>();
        string text = Utf8File.Read(path);
        foreach ((int line, string[] cells) in Rows(path, text))
        {
            string[] names = Array.FindAll(cells, c => c.Length > 0 && !c.All(char.IsAsciiDigit));
            rows.Add(names.Length >= 2 ? names : throw new TransferLearningException(
                $"'{path}', line {line}: expected at least two names of one class, such as n01443537,goldfish"));
        }

        return new LabelMap(rows);
    }

    /// <summary>Makes a map of pairs of names.</summary>
    /// <param name="sameClass">Pairs of names of one class; a name may occur in several.</param>
    public static LabelMap Of(IEnumerable<KeyValuePair<string, string>> sameClass)
    {
        ArgumentNullException.ThrowIfNull(sameClass);
        return new LabelMap(sameClass.Select(p => new[] { p.Key, p.Value }));
    }

    /// <summary>All names of the class that a normalized name stands for; empty where the map does not have it.</summary>
    internal IReadOnlyList<string> Meanings(string name) => _meanings.GetValueOrDefault(name) ?? [];

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
