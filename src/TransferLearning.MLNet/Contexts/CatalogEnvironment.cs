using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace TransferLearning.MLNet.Contexts;

/// <summary>
/// The environment of the <see cref="MLContext"/> that a catalog belongs to: its seed, its log and its folder for temporary files. ML.NET's
/// own extension methods get it from an internal interface, for which other libraries need reflection.
/// </summary>
internal static class CatalogEnvironment
{
    private const string InterfaceName = "Microsoft.ML.Data.IInternalCatalog";

    /// <exception cref="NotSupportedException">This version of ML.NET has no such interface.</exception>
    public static IHostEnvironment Of(object catalog) =>
        EnvironmentProperty(catalog.GetType())?.GetValue(catalog) as IHostEnvironment
        ?? throw new NotSupportedException(
            $"{typeof(MLContext).Assembly.GetName().Name} {typeof(MLContext).Assembly.GetName().Version} does not have the interface "
            + $"{InterfaceName} that TransferLearning.MLNet needs: use Microsoft.ML 5.0.1, or another version of TransferLearning.MLNet");

    /// <summary><see cref="MLContext.TempFilePath"/>; the system's folder where it is not set.</summary>
    public static string TempFolder(IHostEnvironment environment) =>
        environment.GetType().GetProperty(nameof(MLContext.TempFilePath))?.GetValue(environment) is string { Length: > 0 } path
            ? path
            : Path.GetTempPath();

    private static PropertyInfo? EnvironmentProperty(Type catalog) =>
        catalog.GetInterface(InterfaceName)?.GetProperty("Environment");
}
