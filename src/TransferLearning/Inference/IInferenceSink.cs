using TransferLearning.Data;

namespace TransferLearning.Inference;

/// <summary>What an <see cref="ImageInference"/> works for. Called by several threads at a time, but by one for each image.</summary>
internal interface IInferenceSink
{
    /// <summary>Reads an image's bytes; null where nothing is to be computed after all.</summary>
    byte[]? Read(int index, LabeledImage image);

    /// <summary>Takes the network's output for an image; the span is valid only during the call.</summary>
    void Computed(int index, ReadOnlySpan<float> output);

    /// <summary>An image cannot be read or decoded.</summary>
    void Failed(int index, string reason);

    /// <summary>So many more images are done with.</summary>
    void Finished(int images);
}
