using TransferLearning.Models;

namespace TransferLearning.Compatibility.Tests;

/// <summary>A model as the library of today writes it.</summary>
/// <param name="Name">What it is, the name of its file without an extension.</param>
/// <param name="Content">The file.</param>
internal sealed record SampleModel(string Name, byte[] Content)
{
    public int Version => FormatVersion.OfModel(Content);

    public static SampleModel Of(string name, TransferModel model, WeightPrecision weights = WeightPrecision.Float32)
    {
        using var file = new MemoryStream();
        model.Save(file, new ModelSaveOptions { Weights = weights });
        return new SampleModel(name, file.ToArray());
    }
}
