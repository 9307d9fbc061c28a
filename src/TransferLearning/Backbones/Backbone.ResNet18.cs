using System.Runtime.CompilerServices;
using TransferLearning.ResNet18;
using TransferLearning.Runtime.Formats.Onnx;

namespace TransferLearning.Backbones;

public sealed partial class Backbone
{
    private static readonly Lazy<Backbone> ResNet18Backbone = new(LoadResNet18);

    /// <summary>
    /// The default: ResNet-18 trained on ImageNet, for 224 x 224 pixels, with 512 features. On photos of what ImageNet has, it is much more
    /// accurate than <see cref="Compact"/>, and takes five times as long. Its weights, 32 MB, come with the package and need no network
    /// connection. They are those of Microsoft's package Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT license), whose network has one
    /// block more than the usual ResNet-18.
    /// </summary>
    /// <remarks>Thread-safe. Loaded at first use, then kept.</remarks>
    /// <exception cref="TransferLearningException">
    /// The application leaves out the package TransferLearning.ResNet18, which holds the weights.
    /// </exception>
    public static Backbone ResNet18 => ResNet18Backbone.Value;

    /// <summary>The license of the weights, as model files state it.</summary>
    internal const string ResNet18License =
        "MIT, of the package Microsoft.ML.DnnImageFeaturizer.ResNet18; learned from ImageNet, whose images have licenses of their own";

    private static Backbone LoadResNet18()
    {
        try
        {
            return FromGraph(
                "resnet18",
                OnnxReader.Read(ReadResNet18(), "the built-in network resnet18"),
                new BackboneOptions { License = ResNet18License });
        }
        catch (FileNotFoundException e)
        {
            throw new TransferLearningException(
                "the weights of ResNet-18 are in the package TransferLearning.ResNet18, which this application leaves out: "
                + "reference that package, or choose another network, such as Backbone.Compact",
                e);
        }
    }

    // A method of its own, because the runtime looks for the assembly with the weights when it compiles the method that uses it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] ReadResNet18() => ResNet18Network.ReadFile();
}
