namespace TransferLearning.Tuning;

/// <summary>What a teacher computed for the images that a network is trained on, for the views that the network sees.</summary>
internal interface ITeacherOutputs
{
    /// <summary>The features per image.</summary>
    int Length { get; }

    /// <summary>The logits per image, one for each class of the images; 0 where the teacher has none.</summary>
    int Logits { get; }

    /// <summary>Says what decides the values, in words that are equal for equal values.</summary>
    string Identity { get; }

    /// <summary>Loads what the teacher computed for images of a step.</summary>
    /// <param name="images">The numbers of the images.</param>
    /// <param name="epoch">The epoch, from 0, which decides the view of each image as in <see cref="ITrainingImages.Load"/>.</param>
    /// <param name="features">[images, <see cref="Length"/>].</param>
    /// <param name="logits">[images, <see cref="Logits"/>].</param>
    void Load(ReadOnlySpan<int> images, int epoch, Span<float> features, Span<float> logits);
}
