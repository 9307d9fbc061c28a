using TransferLearning.Data;
using TransferLearning.Data.Splits;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>A division of images into folds. Immutable.</summary>
/// <param name="Folds">Their number.</param>
/// <param name="FoldOf">[n]: the fold of each image, from 0.</param>
/// <param name="Groups">The groups in each fold, where a fold is a group; else null.</param>
internal sealed record FoldDivision(int Folds, int[] FoldOf, string[]? Groups)
{
    /// <summary>The name for messages.</summary>
    public string Describe(int fold) => Groups is null ? $"fold {fold + 1} of {Folds}" : $"group '{Groups[fold]}'";

    /// <summary>The positions of a fold's images.</summary>
    public int[] HeldOut(int fold) => [.. Enumerable.Range(0, FoldOf.Length).Where(i => FoldOf[i] == fold)];

    /// <summary>The positions of the other folds' images.</summary>
    public int[] Training(int fold) => [.. Enumerable.Range(0, FoldOf.Length).Where(i => FoldOf[i] != fold)];

    /// <summary>One division per repeat.</summary>
    /// <param name="images">The images, with labels.</param>
    /// <param name="inseparable">[n]: equal for images that must stay together.</param>
    /// <param name="options">How to divide.</param>
    /// <param name="seed">Of the shuffling.</param>
    /// <exception cref="TransferLearningException">There are too few images or groups.</exception>
    public static FoldDivision[] Divide(ImageDataset images, int[] inseparable, CrossValidationOptions options, int seed)
    {
        int units = inseparable.Max() + 1;
        bool byGroup = options.Scheme == CrossValidationScheme.LeaveOneGroupOut;
        int folds = byGroup ? units : options.Folds;
        if (units < Math.Max(2, folds))
        {
            throw new TransferLearningException(byGroup
                ? $"the groups of '{images.Name}' hold copies of the same images, so they count as one: expected at least two"
                : $"'{images.Name}' cannot be divided into {folds} folds: it has only {units} images or groups of inseparable images");
        }

        if (byGroup)
        {
            string[] names =
            [
                .. images.Images.Zip(inseparable).GroupBy(p => p.Second, p => p.First.Group).OrderBy(g => g.Key)
                    .Select(g => string.Join(" + ", g.Distinct().Order(StringComparer.Ordinal))),
            ];
            return [new FoldDivision(folds, inseparable, names)];
        }

        // The seeds of the repeats are drawn, so that the repeats of seed 1 are not those of seed 0 shifted by one.
        var seeds = new Random(seed);
        return
        [
            .. Enumerable.Range(0, options.Repeats).Select(_ => new FoldDivision(
                folds, GroupedFolds.Assign(images.LabelIndices, inseparable, folds, seeds.Next()), null)),
        ];
    }
}
