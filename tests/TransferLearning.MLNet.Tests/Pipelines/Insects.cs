using Microsoft.ML;
using Microsoft.ML.Data;
using TransferLearning.Backbones;
using TransferLearning.Data;
using TransferLearning.Models;
using TransferLearning.Tests;

namespace TransferLearning.MLNet.Tests.Pipelines;

/// <summary>Real photos of ants and bees as ML.NET data.</summary>
internal static class Insects
{
    /// <summary>Bees first, so that the order of the key is not alphabetical.</summary>
    public static (string Path, string Label)[] Files(int each)
    {
        string root = SharedData.Data(Path.Combine("hymenoptera", "train"));
        return
        [
            .. new[] { "bees", "ants" }.SelectMany(label =>
                Directory.EnumerateFiles(Path.Combine(root, label)).Order(StringComparer.Ordinal).Take(each).Select(path => (path, label))),
        ];
    }

    /// <summary>The same photos as a data set.</summary>
    public static ImageDataset Dataset(int each) =>
        ImageDataset.FromImages(Files(each).Select(f => LabeledImage.FromFile(f.Path, f.Label)));

    /// <summary>Rows with images of a kind: encoded, paths, pixels, or resized.</summary>
    public static IDataView Data(MLContext context, string kind, int each = 8) => kind switch
    {
        "encoded" => Encoded(context, each),
        "paths" => Paths(context, each),
        "pixels" => Pixels(context, each),
        "resized" => Resized(context, each),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static IDataView Encoded(MLContext context, int each = 8) => Keyed(
        context,
        context.Data.LoadFromEnumerable(Files(each).Select(f => new EncodedRow { Image = File.ReadAllBytes(f.Path), Label = f.Label })));

    public static IDataView Paths(MLContext context, int each = 8) => Keyed(
        context, context.Data.LoadFromEnumerable(Files(each).Select(f => new PathRow { Image = f.Path, Label = f.Label })));

    public static IDataView Pixels(MLContext context, int each = 8)
    {
        IDataView paths = Paths(context, each);
        return context.Transforms.LoadImages("Image", imageFolder: null, "Image").Fit(paths).Transform(paths);
    }

    /// <summary>
    /// Skips a test of a saved pipeline over images of one size where ML.NET's <c>ExtractPixels</c> cannot run: Microsoft.ML 5.0.1 calls a
    /// method that SkiaSharp has no more since version 3.
    /// </summary>
    public static void SkipIfPixelsCannotBeExtracted(string kind)
    {
        try
        {
            using var pixel = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Rgba32, [0, 0, 0, 255]);
            _ = pixel.Pixels;
        }
        catch (MissingMethodException e)
        {
            Skip.If(kind == "resized", e.Message);
        }
    }

    /// <summary>Images of one size, as ML.NET's own samples make them.</summary>
    public static IDataView Resized(MLContext context, int each = 8)
    {
        IDataView pixels = Pixels(context, each);
        return context.Transforms.ResizeImages("Image", imageWidth: 224, imageHeight: 224).Fit(pixels).Transform(pixels);
    }

    public static IDataView Keyed(MLContext context, IDataView data) =>
        context.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);

    /// <summary>Fine-tunes with the built-in backbone, without a cache, so that tests leave nothing behind.</summary>
    public static TransferModel Train(ImageDataset images) =>
        TransferPipeline.FineTune(images).WithBackbone(Backbone.Compact).WithoutBottleneckCache().Fit().Model;

    public static string[] Text(DataViewSchema.Column column, string annotation)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(annotation, ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    internal sealed class EncodedRow
    {
        public byte[] Image { get; set; } = [];

        public string? Label { get; set; }
    }

    internal sealed class PathRow
    {
        public string Image { get; set; } = "";

        public string? Label { get; set; }
    }

    internal sealed class Scored
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
