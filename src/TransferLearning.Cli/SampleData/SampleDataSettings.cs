namespace TransferLearning.Cli.SampleData;

/// <summary>How much sample data is drawn.</summary>
internal sealed record SampleDataSettings
{
    /// <summary>Images a class, both parts together.</summary>
    public int ImagesPerClass { get; init; } = 40;

    /// <summary>Pixels a side.</summary>
    public int Size { get; init; } = 160;

    /// <summary>The part of each class that goes to <c>val/</c>; 0 for no <c>train/</c> and <c>val/</c> folders.</summary>
    public double ValidationFraction { get; init; }

    public int Seed { get; init; }

    /// <summary>The last images of a class are its validation images.</summary>
    public int ValidationImagesPerClass => (int)Math.Round(ImagesPerClass * ValidationFraction, MidpointRounding.AwayFromZero);

    /// <summary>Where the images are, below the folder of the set. Images count from 0, their names from 1.</summary>
    public string RelativePathOf(SampleClass sampleClass, int image)
    {
        bool isValidation = image >= ImagesPerClass - ValidationImagesPerClass;
        string part = ValidationImagesPerClass == 0 ? "" : isValidation ? "val" : "train";
        return Path.Combine(part, sampleClass.Label, $"{sampleClass.Label}-{image + 1:0000}.jpg");
    }
}
