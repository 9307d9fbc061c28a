using TransferLearning.Data;
using TransferLearning.Data.Splits;

namespace TransferLearning.Strategies.CrossValidation;

/// <summary>A division of images into folds. Immutable.</summary>
/// <param name="Folds">How many.</param>
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

    /// <summary>A division a repeat.</summary>
    /// <param name="images">The images, with labels.</param>
    /// <param name="inseparable">[n]: what may not be parted.</param>
    /// <param name="options">How to divide.</param>
    /// <param name="seed">Of the shuffling.</param>
    /// <exception cref="TransferLearningException">There are fewer than can be divided.</exception>
    public static FoldDivision[] Divide(ImageDataset images, int[] inseparable, CrossValidationOptions options, int seed)
    {
        int units = inseparable.Max() + 1;
        bool byGroup = options.Scheme == CrossValidationScheme.LeaveOneGroupOut;
        int folds = byGroup ? units : options.Folds;
        if (units < Math.Max(2, folds))
        {
            throw new TransferLearningException(byGroup
                ? $"the groups of '{images.Name}' are one, for they hold copies of the same images: expected at least two"
                : $"'{images.Name}' cannot be divided into {folds} folds: only {units} images or groups of images can be told apart");
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

        // The seeds of a run's repeats are drawn, so that those of neighboring seeds do not overlap.
        var seeds = new Random(seed);
        return
        [
            .. Enumerable.Range(0, options.Repeats).Select(_ => new FoldDivision(
                folds, GroupedFolds.Assign(images.LabelIndices, inseparable, folds, seeds.Next()), null)),
        ];
    }
}
