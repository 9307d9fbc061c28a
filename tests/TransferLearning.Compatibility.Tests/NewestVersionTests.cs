using TransferLearning.Models;

namespace TransferLearning.Compatibility.Tests;

/// <summary>
/// Today's library writes nothing that is not on file: whoever changes a format adds files of it. With the environment variable
/// <c>UPDATE_FORMATS=1</c> these tests write what is missing; what is there they never change.
/// </summary>
public sealed class NewestVersionTests
{
    private const string Advice = "run this project's tests once with UPDATE_FORMATS=1, and commit the new files with a line about them in "
        + "Formats/README.md; leave the files of earlier versions as they are";

    [Fact]
    public void Models_of_the_version_that_is_written_today_are_on_file()
    {
        foreach (SampleModel model in SampleModels.Train())
        {
            string path = Path.Combine(FormatsFolder.ModelFolder(model.Version), model.Name + ".onnx");
            if (FormatsFolder.IsToBeUpdated && !File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, model.Content);
            }

            File.Exists(path).ShouldBeTrue(
                $"'{model.Name}' is now saved as a model of version {model.Version}, but there is no file '{path}': {Advice}");
        }
    }

    [Fact]
    public void A_cache_of_the_version_that_is_written_today_is_on_file()
    {
        using var written = new TemporaryFolder();
        SampleCache.Write(written.Path);
        foreach (string file in Directory.EnumerateFiles(written.Path).Where(f => Path.GetExtension(f) is ".bottlenecks" or ".index"))
        {
            int version = FormatVersion.OfCache(File.ReadAllBytes(file));
            string folder = FormatsFolder.CacheFolder(version);
            if (FormatsFolder.IsToBeUpdated && !Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                SampleCache.Write(folder);
            }

            Directory.Exists(folder).ShouldBeTrue(
                $"'{Path.GetFileName(file)}' is now a cache file of version {version}, but there is no folder '{folder}': {Advice}");
        }
    }

    [Fact]
    public void Every_model_file_has_its_predictions_beside_it()
    {
        foreach (string path in FormatsFolder.ModelFiles)
        {
            string predictions = ExpectedPredictions.PathOf(path);
            if (FormatsFolder.IsToBeUpdated && !File.Exists(predictions))
            {
                using var model = TransferModel.Load(path);
                ExpectedPredictions.Of(model).Write(predictions);
            }

            File.Exists(predictions).ShouldBeTrue($"'{predictions}' is missing: {Advice}");
        }
    }
}
