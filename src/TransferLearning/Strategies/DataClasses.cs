using TransferLearning.Data;

namespace TransferLearning.Strategies;

/// <summary>The classes that a data set has images of.</summary>
internal static class DataClasses
{
    /// <summary>The classes, in ordinal order.</summary>
    public static string[] Of(ImageDataset data) =>
        [.. data.Images.Select(i => i.Label).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The classes; a problem is added where there are too few.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="least">1 or 2.</param>
    /// <param name="problems">A sentence is added for each problem.</param>
    public static string[] Require(ImageDataset data, int least, List<string> problems)
    {
        string[] classes = Of(data);
        if (classes.Length < least)
        {
            problems.Add(classes is [var only]
                ? $"'{data.Name}' has only one class, '{only}': expected at least two, one folder per class"
                : $"'{data.Name}' has no labeled image: expected a folder with one folder per class, or a manifest with labels"
                    + string.Concat(data.Layout.Warnings.Select(w => $". {w}")));
        }

        return classes;
    }
}
