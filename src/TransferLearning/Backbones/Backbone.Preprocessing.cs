using System.Text.Json;
using TransferLearning.Backbones.Inputs;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;
using TransferLearning.Runtime.Graphs;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    /// <summary>Asks the sources in the order of their precedence.</summary>
    /// <exception cref="InvalidNetworkException">A source is malformed.</exception>
    private static PreprocessingChoice ChoosePreprocessing(
        Graph graph, ImageInput input, BackboneOptions options, string? path, StatedPreprocessing? conventions)
    {
        var choice = new PreprocessingChoice();
        choice.Add(OfOptions(options));
        if (OfMetadata(graph) is { } metadata)
        {
            // It says everything.
            choice.Add(metadata);
            return choice;
        }

        // What the network does itself is not done a second time, whatever stands beside it.
        choice.Add(OfFirstNodes(graph, input));
        choice.Add(path is null ? null : Sidecars.Read(path));
        choice.Add(options.Entry is null ? null : OfCatalog(options.Entry));
        choice.Add(conventions);
        if (!choice.IsNormalizationKnown)
        {
            choice.Add(ImageDenotations.Read(graph.Metadata));
        }

        return choice;
    }

    /// <summary>A mean image takes the place of the means.</summary>
    private static StatedPreprocessing OfOptions(BackboneOptions options)
    {
        if (options.MeasureNormalization && (options.Normalization is not null || options.MeanImagePath is not null))
        {
            throw new ArgumentException(
                $"a normalization is given and to be measured: leave out {nameof(BackboneOptions.Normalization)} and "
                + $"{nameof(BackboneOptions.MeanImagePath)}, or {nameof(BackboneOptions.MeasureNormalization)}",
                nameof(options));
        }

        PixelNormalization? normalization = options.MeanImagePath is null
            ? options.Normalization
            : (options.Normalization ?? PixelNormalization.None) with { MeanR = 0, MeanG = 0, MeanB = 0 };
        string reason = options.MeanImagePath is { } path ? $"the mean image '{path}'" : "the options";
        return new StatedPreprocessing(PreprocessingSource.Options, reason)
        {
            Normalization = normalization,
            ChannelOrder = options.ChannelOrder ?? options.Normalization?.ChannelOrder,
            Resize = options.Resize,
            CropFraction = options.CropFraction,
            Interpolation = options.Interpolation,
        };
    }

    private static StatedPreprocessing? OfMetadata(Graph graph)
    {
        if (!graph.Metadata.TryGetValue(PreprocessingJson.MetadataKey, out string? json))
        {
            return null;
        }

        try
        {
            ImagePreprocessing stored = PreprocessingJson.Read(json);
            return new StatedPreprocessing(PreprocessingSource.Metadata, $"its metadata '{PreprocessingJson.MetadataKey}'")
            {
                Normalization = stored.Normalization,
                ChannelOrder = stored.Normalization.ChannelOrder,
                Resize = stored.Resize,
                CropFraction = stored.CropFraction,
                Interpolation = stored.Interpolation,
                Size = (stored.Width, stored.Height),
            };
        }
        catch (JsonException e)
        {
            throw new InvalidNetworkException($"its metadata '{PreprocessingJson.MetadataKey}' is not valid: {e.Message}", e);
        }
    }

    private static StatedPreprocessing OfCatalog(CatalogEntry entry)
    {
        ImagePreprocessing known = entry.Preprocessing;
        return new StatedPreprocessing(PreprocessingSource.Catalog, $"the catalog's entry '{entry.Name}', by the SHA-256 of the file")
        {
            Normalization = known.Normalization,
            ChannelOrder = known.Normalization.ChannelOrder,
            Resize = known.Resize,
            CropFraction = known.CropFraction,
            Interpolation = known.Interpolation,
            Size = (known.Width, known.Height),
        };
    }

    /// <summary>What the network itself says about its pixel values, by its type or its first nodes; null where it says nothing.</summary>
    private static StatedPreprocessing? OfFirstNodes(Graph graph, ImageInput input) =>
        input.IsInteger
            ? new StatedPreprocessing(PreprocessingSource.FirstNodes, $"its input takes whole numbers ({input.Declared.Type})")
            {
                Normalization = PixelNormalization.None,
            }
            : FirstNodes.Expected(graph) is { } expected
            ? new StatedPreprocessing(PreprocessingSource.FirstNodes, "the network's first nodes, which normalize its input")
            {
                Normalization = expected,
            }
            : null;

    private static Graph WithMeanImage(Graph graph, ImagePreprocessing preprocessing, BackboneOptions options) =>
        options.MeanImagePath is { } path ? MeanImage.Subtract(graph, path, preprocessing) : graph;
}
