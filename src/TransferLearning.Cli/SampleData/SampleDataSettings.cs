namespace TransferLearning.Cli.SampleData;

/// <summary>The number, size and division of the images that are drawn.</summary>
internal sealed record SampleDataSettings
{
    /// <summary>Images per class, both parts together.</summary>
    public int ImagesPerClass { get; init; } = 40;

    /// <summary>Width and height of an image, in pixels.</summary>
    public int Size { get; init; } = 160;

    /// <summary>The share of each class that goes into <c>val/</c>, 0..1; with 0, there are no <c>train/</c> and <c>val/</c>.</summary>
    public double ValidationFraction { get; init; }

    public int Seed { get; init; }

    /// <summary>The last images of a class are its validation images.</summary>
    public int ValidationImagesPerClass => (int)Math.Round(ImagesPerClass * ValidationFraction, MidpointRounding.AwayFromZero);

    /// <summary>The path of an image, relative to the folder of the set. Images are numbered from 0, their file names from 1.</summary>
    public string RelativePathOf(SampleClass sampleClass, int image)
    {
        bool isValidation = image >= ImagesPerClass - ValidationImagesPerClass;
        string part = ValidationImagesPerClass == 0 ? "" : isValidation ? "val" : "train";
        return Path.Combine(part, sampleClass.Label, $"{sampleClass.Label}-{image + 1:0000}.jpg");
    }
}
