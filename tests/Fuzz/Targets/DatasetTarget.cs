using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Fuzz.Structures;
using TransferLearning.Imaging;

namespace TransferLearning.Fuzz.Targets;

/// <summary>
/// A file that lists images: opened as a data set, of which every image is read and decoded. Documented:
/// <see cref="TransferLearningException"/> where it cannot be opened; for an image, whatever leaves out that image with a reason that does
/// not name a fault of the library.
/// </summary>
internal sealed class DatasetTarget(
    string name, IStructure structure, Func<IEnumerable<byte[]>> seeds, Func<byte[], string> fileName, Action<string>? fill = null)
    : FileTarget(name, structure)
{
    private const int NetworkSide = 224;

    public override IEnumerable<byte[]> Seeds() => seeds();

    public override Exception? FaultIn(Exception exception) => exception is TransferLearningException ? NamedFault(exception) : exception;

    protected override string FileName(byte[] input) => fileName(input);

    protected override void Fill(string folder) => fill?.Invoke(folder);

    protected override void Read(string path)
    {
        var data = ImageDataset.Open(path);
        var decoding = new BoundedDecoding(data.Images, NetworkSide);
        foreach (LabeledImage image in data.Images)
        {
            try
            {
                decoding.Decode(image, image.ReadBytes, static (_, _) => { }, CancellationToken.None);
            }
            catch (Exception e) when (!ImageProblem.Describe(e).Contains("a fault of") && e is not OutOfMemoryException)
            {
                // Leaves out this image.
            }
        }
    }
}
