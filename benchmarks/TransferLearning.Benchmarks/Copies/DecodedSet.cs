using TransferLearning.Benchmarks.Accuracy;
using TransferLearning.Data;
using TransferLearning.Data.Thumbnails;
using TransferLearning.Imaging;

namespace TransferLearning.Benchmarks.Copies;

/// <summary>A shared image set with the thumbnails of its images.</summary>
internal sealed class DecodedSet
{
    private const int Parts = 3;

    private DecodedSet(string name, ImageDataset data)
    {
        (Name, Data, Thumbnails) = (name, data, new ImageThumbnail[data.Count]);
        Parallel.For(0, data.Count, i => Thumbnails[i] = ImageThumbnail.Of(Decode(i)));
    }

    public string Name { get; }

    public ImageDataset Data { get; }

    public ImageThumbnail[] Thumbnails { get; }

    public int Count => Data.Count;

    public static DecodedSet Read(string name) => new(name, SharedSets.Open(name));

    public RgbImage Decode(int index) => Data.Images[index].Decode(Data.Images[index].ReadBytes());

    /// <summary>Thumbnails of nine parts of each image.</summary>
    public IEnumerable<ImageThumbnail> Ninths() => Enumerable.Range(0, Count).AsParallel().AsOrdered().SelectMany(i =>
    {
        RgbImage image = Decode(i);
        (int width, int height) = (image.Width / Parts, image.Height / Parts);
        return Enumerable.Range(0, Parts * Parts).Select(p => ImageThumbnail.Of(
            PixelChanges.Crop(image, p % Parts * width, p / Parts * height, width, height)));
    });
}
