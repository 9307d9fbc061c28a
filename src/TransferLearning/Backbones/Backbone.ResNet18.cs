using System.Runtime.CompilerServices;
using TransferLearning.ResNet18;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    private static readonly Lazy<Backbone> ResNet18Backbone = new(LoadResNet18);

    /// <summary>
    /// ResNet-18 with ImageNet weights for 224 x 224 pixels, with 512 features: the default. Its weights, 32 MB, are those of Microsoft's
    /// package Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT license); it has one block more than the usual ResNet-18. It is far more accurate
    /// on photos than <see cref="Compact"/>, and takes about 15 times as long.
    /// </summary>
    /// <remarks>Thread-safe. Loaded at first use, then kept.</remarks>
    /// <exception cref="TransferLearningException">
    /// The application leaves out the package TransferLearning.ResNet18, which holds the weights.
    /// </exception>
    public static Backbone ResNet18 => ResNet18Backbone.Value;

    private static Backbone LoadResNet18()
    {
        try
        {
            return FromGraph("resnet18", OnnxReader.Read(ReadResNet18(), "the built-in network resnet18"), new BackboneOptions());
        }
        catch (FileNotFoundException e)
        {
            throw new TransferLearningException(
                "the weights of the default network are in the package TransferLearning.ResNet18, which this application leaves out: "
                + "reference that package, or choose another network with WithBackbone, such as Backbone.Compact",
                e);
        }
    }

    // A method of its own: the assembly with the weights is looked for when the method that uses it is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] ReadResNet18() => ResNet18Network.ReadFile();
}
