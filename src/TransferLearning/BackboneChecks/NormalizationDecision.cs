using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.Bottlenecks.Caching;
using TransferLearning.Data;

namespace TransferLearning.BackboneChecks;

/// <summary>
/// Decides, before the first images of a run, how a network's input is normalized. Where nothing says it, the best normalization is taken.
/// ONNX's metadata about images is often copied from another network: a clearly better normalization takes the place of what it says. What
/// a file beside the network says is kept, and a clearly better normalization leads to a warning.
/// </summary>
/// <param name="Backbone">The backbone to use.</param>
/// <param name="Notes">What the user should know, in sentences.</param>
internal sealed record NormalizationDecision(Backbone Backbone, IReadOnlyList<string> Notes)
{
    /// <summary>Decides for a data set. What was measured once for a network is kept in the cache and used again.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="images">The first images of the run, without those set aside for tests.</param>
    /// <param name="cache">Keeps what was measured; null to keep nothing.</param>
    /// <param name="options">How images run through the network.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static NormalizationDecision Of(
        Backbone backbone, ImageDataset images, BottleneckCache? cache, ExtractionOptions options, CancellationToken cancellationToken)
    {
        if (!backbone.IsNormalizationOpen && !IsDoubted(backbone.PreprocessingSource))
        {
            return new NormalizationDecision(backbone, []);
        }

        var notes = new List<string>();
        MeasuredNormalization? known = cache is null ? null : MeasuredNormalization.Find(cache, backbone);

        // A decision without labels is made anew when there are some.
        if (known is null || (!known.UsedLabels && images.Labels.Count > 1))
        {
            known = Measure(backbone, images, options, cancellationToken);
            if (known is null)
            {
                return new NormalizationDecision(backbone, []);
            }

            if (cache is not null && known.Keep(cache, backbone) is { } failure)
            {
                notes.Add(failure);
            }
        }

        bool isBetter = known.IsClear && known.Normalization != backbone.Preprocessing.Normalization;
        return backbone.IsNormalizationOpen ? Take(backbone, known, notes)
            : !isBetter ? new NormalizationDecision(backbone, notes)
            : backbone.PreprocessingSource == PreprocessingSource.Denotation ? Replace(backbone, known, notes)
            : Doubt(backbone, known, notes);
    }

    // What the user, this library or the catalog says needs no check, and neither does what the network does itself.
    private static bool IsDoubted(PreprocessingSource source) => source switch
    {
        PreprocessingSource.Sidecar or PreprocessingSource.Denotation => true,
        PreprocessingSource.Options or PreprocessingSource.Metadata or PreprocessingSource.Catalog or PreprocessingSource.FirstNodes
            or PreprocessingSource.TensorFlow or PreprocessingSource.Measured or PreprocessingSource.Assumed => false,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "this source of the preprocessing is not known"),
    };

    /// <summary>Null where no image can be decoded: the extraction that follows says why.</summary>
    private static MeasuredNormalization? Measure(
        Backbone backbone, ImageDataset images, ExtractionOptions options, CancellationToken cancellationToken)
    {
        var check = new BackboneCheckOptions { Threads = options.Threads, Engine = options.Engine };
        return BackboneCheck.TryRun(backbone, images, check, cancellationToken) is { } result
            ? new MeasuredNormalization(result.Candidates[0].Normalization, result.Explanation, result.UsedLabels, result.IsClear)
            : null;
    }

    private static NormalizationDecision Take(Backbone backbone, MeasuredNormalization measured, List<string> notes)
    {
        string why = backbone.MeasuresNormalization
            ? $"the normalization of '{backbone.Name}' was measured"
            : $"'{backbone.Name}' does not say how its input is normalized, so it was measured";
        notes.Insert(0, $"{why}: {measured.Explanation}. To fix it, name one: --normalization, or BackboneOptions.Normalization.");
        return new NormalizationDecision(backbone.WithNormalization(measured.Normalization, measured.Explanation), notes);
    }

    private static NormalizationDecision Replace(Backbone backbone, MeasuredNormalization measured, List<string> notes)
    {
        notes.Insert(
            0,
            $"another normalization than that of {backbone.PreprocessingReason} suits '{backbone.Name}' clearly better, and was taken: "
            + $"{measured.Explanation}. To keep that of the metadata, name it: --normalization, or BackboneOptions.Normalization.");
        return new NormalizationDecision(backbone.WithNormalization(measured.Normalization, measured.Explanation), notes);
    }

    private static NormalizationDecision Doubt(Backbone backbone, MeasuredNormalization measured, List<string> notes)
    {
        notes.Insert(
            0,
            $"'{backbone.Name}' probably wants another normalization than that of {backbone.PreprocessingReason}: "
            + $"{measured.Explanation}. Name the one to use: --normalization, or BackboneOptions.Normalization.");
        return new NormalizationDecision(backbone, notes);
    }
}
