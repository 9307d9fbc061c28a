using System.Collections.Immutable;

namespace TransferLearning.Models.Labeling;

/// <summary>
/// The 1000 classes of ImageNet (ILSVRC 2012), in the order of the outputs of networks that were trained on it: WordNet ids and English
/// names.
/// </summary>
internal static class ImageNetLabels
{
    public const int Count = 1000;

    /// <summary>The first class of networks with 1001 outputs, as TensorFlow's are.</summary>
    public const string Background = "background";

    private const string Resource = "imagenet.tsv";

    /// <summary>The names; one that two classes share has the WordNet id of its class in parentheses.</summary>
    public static ImmutableArray<string> Read()
    {
        using Stream resource = typeof(ImageNetLabels).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource '{Resource}'");
        using var reader = new StreamReader(resource);
        return [.. NetworkLabels.Parse(reader.ReadToEnd(), hasColumns: true)];
    }
}
