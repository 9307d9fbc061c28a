using TransferLearning;
using TransferLearning.Backbones;
using TransferLearning.Bottlenecks;
using TransferLearning.MLNet;
using TransferLearning.MLNet.Contexts;

namespace Microsoft.ML;

/// <summary>Extension methods that compute image features by pre-trained networks.</summary>
public static class ImageFeaturesCatalog
{
    /// <summary>
    /// Computes the features of images by a pre-trained network, for any trainer of ML.NET: SDCA, L-BFGS, LightGBM, FastTree, k-means. Each
    /// image is computed once, however often a trainer reads the data: <c>AppendCacheCheckpoint</c> is not needed.
    /// </summary>
    /// <param name="catalog">ML.NET's transforms.</param>
    /// <param name="outputColumnName">The column for the features: a vector of float.</param>
    /// <param name="inputColumnName">
    /// The column of images: encoded files (a vector of bytes), paths (text), or <c>MLImage</c> of any size; null for the same name as the
    /// output. Default: null.
    /// </param>
    /// <param name="backbone">The network; null for <see cref="Backbone.ResNet18"/>, with 512 features. Default: null.</param>
    /// <param name="cache">
    /// Keeps features between fits; null for the one in <see cref="BottleneckCache.DefaultDirectory"/>. Default: null.
    /// </param>
    /// <exception cref="InvalidOptionsException">A column's name is empty.</exception>
    public static ImageFeaturesEstimator ImageFeatures(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        Backbone? backbone = null,
        BottleneckCache? cache = null) => catalog.ImageFeatures(new ImageFeaturesOptions
        {
            OutputColumnName = outputColumnName,
            InputColumnName = inputColumnName,
            Backbone = backbone,
            BottleneckCache = cache,
        });

    /// <summary>Computes the features of images, as the other overload does, with options.</summary>
    /// <param name="catalog">ML.NET's transforms.</param>
    /// <param name="options">Columns and settings.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    public static ImageFeaturesEstimator ImageFeatures(this TransformsCatalog catalog, ImageFeaturesOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(options);
        return new ImageFeaturesEstimator(CatalogEnvironment.Of(catalog), options);
    }
}
