namespace TransferLearning.Imaging.Transforms;

/// <summary>The order of the color channels in a network's input.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue: most networks.</summary>
    Rgb,

    /// <summary>Blue, green, red: networks from Caffe, OpenCV and CNTK.</summary>
    Bgr,
}
