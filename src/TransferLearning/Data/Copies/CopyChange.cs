namespace TransferLearning.Data;

/// <summary>What makes a near-copy different, other than that it was saved again, resized or brightened.</summary>
public enum CopyChange
{
    /// <summary>Left and right, or top and bottom, change places.</summary>
    Mirrored,

    /// <summary>Turned by 90, 180 or 270 degrees.</summary>
    Rotated,

    /// <summary>Up to about a tenth of the width or height is cut off; or the camera was moved a little between two shots.</summary>
    Cropped,

    /// <summary>Known by its name, such as <c>x_aug0</c> beside <c>x</c>: it looks too different.</summary>
    Augmented,
}
