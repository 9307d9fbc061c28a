using System.Diagnostics;
using TransferLearning.Benchmarks.Accuracy;
using TransferLearning.Data;
using TransferLearning.Data.Copies;
using TransferLearning.Data.Images;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;

namespace TransferLearning.Benchmarks.Copies;

/// <summary>
/// Measures the search for near-copies, for reports/copies.md: how many copies of each kind it finds among all images of a set, what it
/// finds in sets as they are, and how long it takes. Arguments: names of sets; <c>--sheet FOLDER</c> writes the pairs found as pictures.
/// </summary>
internal static class CopiesMeasurement
{
    private const int Copies = 200;
    private static readonly string[] RecallSets = ["flowers-small", "hymenoptera", "trashnet"];

    public static int Run(string[] arguments, TextWriter output)
    {
        int sheet = Array.IndexOf(arguments, "--sheet");
        string? folder = sheet >= 0 ? arguments[sheet + 1] : null;
        string[] sets = [.. arguments.Where((_, i) => sheet < 0 || (i != sheet && i != sheet + 1))];
        DecodedSet[] decoded = [.. (sets.Length > 0 ? sets : SharedSets.SetNames).Select(DecodedSet.Read)];
        PrintRecall([.. decoded.Where(d => RecallSets.Contains(d.Name))], output);
        PrintFound(decoded, folder, output);
        PrintTimes(decoded, output);
        return 0;
    }

    private static void PrintRecall(DecodedSet[] sets, TextWriter output)
    {
        output.WriteLine($"| copy | {string.Join(" | ", sets.Select(s => s.Name))} |");
        output.WriteLine($"| --- |{string.Concat(sets.Select(_ => " --- |"))}");
        foreach ((string name, Func<RgbImage, int, RgbImage> make) in PixelChanges.Kinds)
        {
            output.WriteLine($"| {name} | {string.Join(" | ", sets.Select(s => $"{Recall(s, make):0.000}"))} |");
        }

        output.WriteLine();
    }

    /// <summary>The share of copies in one group with their originals, where 200 copies are among all images of a set.</summary>
    private static double Recall(DecodedSet set, Func<RgbImage, int, RgbImage> make)
    {
        int[] originals = [.. Enumerable.Range(0, set.Count)];
        new Random(5).Shuffle(originals);
        originals = originals[..Math.Min(Copies, originals.Length)];
        var copies = new ImageThumbnail[originals.Length];
        Parallel.For(0, copies.Length, i => copies[i] = ImageThumbnail.Of(make(set.Decode(originals[i]), i)));
        ImageThumbnail[] all = [.. set.Thumbnails, .. copies];
        int[] numbers = CopyGroups.Number(Keys(all.Length), CopySearch.Find(Keys(all.Length), all, Environment.ProcessorCount, default));
        return Enumerable.Range(0, copies.Length).Count(i => numbers[set.Count + i] == numbers[originals[i]]) / (double)copies.Length;
    }

    private static void PrintFound(DecodedSet[] sets, string? folder, TextWriter output)
    {
        output.WriteLine("| set | images | pairs | images in a pair | in a pair across classes | largest group | CPU seconds |");
        output.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (DecodedSet set in sets)
        {
            CopySearch.Find(Keys(set.Count), set.Thumbnails, Environment.ProcessorCount, default);
            (IReadOnlyList<CopyPair> pairs, double seconds) = Timed(set.Thumbnails);
            int[] numbers = CopyGroups.Number(Keys(set.Count), pairs);
            CopyPair[] across = [.. pairs.Where(p => set.Data.Images[p.First].Label != set.Data.Images[p.Second].Label)];
            output.WriteLine($"| {set.Name} | {set.Count} | {pairs.Count} | {ImagesIn(pairs)} | {ImagesIn(across)} "
                + $"| {numbers.CountBy(n => n).Max(n => n.Value)} | {seconds:0.00} |");
            if (folder is not null && pairs.Count > 0)
            {
                Directory.CreateDirectory(folder);
                File.WriteAllBytes(Path.Combine(folder, $"{set.Name}.png"), ContactSheet.Draw(set, pairs));
            }
        }

        output.WriteLine();
    }

    private static int ImagesIn(IEnumerable<CopyPair> pairs) => pairs.SelectMany(p => (int[])[p.First, p.Second]).Distinct().Count();

    /// <summary>Ninths of the photos stand for as many photos.</summary>
    private static void PrintTimes(DecodedSet[] sets, TextWriter output)
    {
        ImageThumbnail[] ninths = [.. sets.SelectMany(s => s.Ninths())];
        new Random(1).Shuffle(ninths);
        output.WriteLine("| images | CPU seconds |");
        output.WriteLine("| --- | --- |");
        foreach (int count in (int[])[10_000, 45_000])
        {
            if (count <= ninths.Length)
            {
                output.WriteLine($"| {count} | {Timed(ninths[..count]).Seconds:0.00} |");
            }
        }
    }

    private static (IReadOnlyList<CopyPair> Pairs, double Seconds) Timed(ImageThumbnail[] thumbnails)
    {
        ContentKey[] keys = Keys(thumbnails.Length);
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        IReadOnlyList<CopyPair> pairs = CopySearch.Find(keys, thumbnails, Environment.ProcessorCount, default);
        process.Refresh();
        return (pairs, (process.TotalProcessorTime - before).TotalSeconds);
    }

    private static ContentKey[] Keys(int count) => [.. Enumerable.Range(0, count).Select(i => ContentKey.Of(BitConverter.GetBytes(i)))];
}
