using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace TransferLearning.MLNet.Rows;

/// <summary>ML.NET's type of images of any size.</summary>
internal static class MLImageType
{
    /// <summary>
    /// Registers <see cref="MLImage"/> as that type. ML.NET needs it to convert between rows and objects with images.
    /// </summary>
    public static void Register() => DataViewTypeManager.Register(new ImageDataViewType(), typeof(MLImage));

    /// <summary>Also registers it as the type of images of one size.</summary>
    /// <param name="size">The size; null for any.</param>
    public static void Register((int Width, int Height)? size)
    {
        Register();
        if (size is { } one)
        {
            new ImageTypeAttribute(one.Height, one.Width).Register();
        }
    }
}
