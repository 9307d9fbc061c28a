namespace TransferLearning.Backbones;

/// <summary>How the tokens of a vision transformer without a classifier become one vector of features.</summary>
public enum FeaturesPooling
{
    /// <summary>The first token, which stands for the whole image.</summary>
    ClassToken,

    /// <summary>The mean of the tokens of image patches.</summary>
    Mean,
}
