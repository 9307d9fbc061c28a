using System.Globalization;

namespace TransferLearning.Compatibility.Tests;

/// <summary>
/// Rows of float32 values as the hexadecimal digits of their bits, tab-separated: a header with the columns' names, then a row per image,
/// beginning with its name. Text, so that a change shows in a review; bits, so that nothing is rounded.
/// </summary>
internal sealed class ExpectedValues
{
    private readonly Dictionary<string, float[]> _rows = [];

    public ExpectedValues(IEnumerable<string> columns) => Columns = [.. columns];

    public IReadOnlyList<string> Columns { get; }

    public ReadOnlySpan<float> this[string image] => _rows[image];

    public static ExpectedValues Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var values = new ExpectedValues(lines[0].Split('\t')[1..]);
        foreach (string line in lines[1..])
        {
            string[] fields = line.Split('\t');
            values.Add(fields[0], Array.ConvertAll(fields[1..], Parse));
        }

        return values;
    }

    public void Add(string image, ReadOnlySpan<float> row)
    {
        row.Length.ShouldBe(Columns.Count);
        _rows.Add(image, row.ToArray());
    }

    public void Write(string path)
    {
        string header = string.Join('\t', ["image", .. Columns]);
        string[] rows = [.. _rows.Select(r => string.Join('\t', [r.Key, .. r.Value.Select(Format)]))];
        File.WriteAllText(path, string.Join('\n', [header, .. rows, ""]));
    }

    private static string Format(float value) => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture);

    private static float Parse(string bits) =>
        BitConverter.UInt32BitsToSingle(uint.Parse(bits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
}
