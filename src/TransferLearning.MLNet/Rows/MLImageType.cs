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
}
