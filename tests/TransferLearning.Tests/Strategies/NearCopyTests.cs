using TransferLearning.Data;
using TransferLearning.Imaging;
using TransferLearning.Strategies;

namespace TransferLearning.Tests.Strategies;

/// <summary>Copies of photos in the divisions of all strategies.</summary>
public sealed class NearCopyTests : IDisposable
{
    private static readonly string[] Changes = ["mirrored", "turned by 90 degrees", "cropped", "brighter"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Near_copies_stay_on_one_side_of_a_division_and_the_result_says_so()
    {
        ImageDataset data = WithCopies(photosPerClass: 20, copied: 8);

        FineTuningResult result = TransferPipeline.FineTune(data).WithTinyBackbone().Fit();
        FineTuningResult ignoring = TransferPipeline.FineTune(data).WithTinyBackbone().WithNearCopies(NearCopyHandling.Ignore).Fit();

        // One of 64 copies may be missed.
        Divided(Originals(result.TrainingData), Originals(result.Validation.Images)).ShouldBeLessThanOrEqualTo(1);
        result.Extraction.Copies.Count.ShouldBeInRange(14, 16);
        result.Extraction.Copies.ShouldAllBe(c => !c.IsLeak);
        result.Warnings.ShouldContain(w =>
            w.Contains("groups of near-copies (") && w.EndsWith("kept on one side; a check of the data lists them"));
        Divided(Originals(ignoring.TrainingData), Originals(ignoring.Validation.Images)).ShouldBeGreaterThan(4);
        (ignoring.Extraction.Copies.Count, ignoring.Warnings.Count).ShouldBe((0, 0));
    }

    [SkippableFact]
    public void Near_copies_stay_in_one_fold()
    {
        ImageDataset data = WithCopies(photosPerClass: 20, copied: 8);

        CrossValidationResult result =
            TransferPipeline.CrossValidate(data, new CrossValidationOptions { Folds = 4 }).WithTinyBackbone().Fit();

        int[] folds = result.OutOfFold.Folds.ToArray();
        Originals(result.OutOfFold.Images).Zip(folds).GroupBy(p => p.First, p => p.Second)
            .Count(g => g.Distinct().Count() > 1).ShouldBe(0);
    }

    [SkippableFact]
    public void Copies_across_the_given_parts_are_not_moved_but_warned_of()
    {
        string[] photos = SharedData.Photos(24);
        for (int i = 0; i < photos.Length; i++)
        {
            _folder.Write($"{(i < 16 ? "train" : "val")}/{(i % 2 == 0 ? "a" : "b")}/{i}.jpg", File.ReadAllBytes(photos[i]));
        }

        _folder.Write("val/a/again.jpg", PictureCopies.Make(ImageFormats.BuiltIn.Load(photos[2]), "mirrored"));
        FineTuningResult result = TransferPipeline.FineTune(_folder.Path).WithTinyBackbone().Fit();

        (result.TrainImages, result.ValidationImages).ShouldBe((16, 9));
        DuplicateImages leak = result.Extraction.Copies.ShouldHaveSingleItem();
        (leak.IsLeak, leak.Images.Count).ShouldBe((true, 2));
        leak.Changes.ShouldBe([CopyChange.Mirrored]);
        string warning = result.Warnings.ShouldHaveSingleItem();
        warning.ShouldStartWith("1 group of copies (2 images) are in training and validation");
        warning.ShouldContain("2.jpg' and '");
        warning.ShouldContain("again.jpg' (mirrored)");
    }

    [SkippableFact]
    public void A_copy_in_a_given_validation_set_is_warned_of()
    {
        string[] photos = SharedData.Photos(20);
        var train = ImageDataset.FromImages(photos.Take(14).Select((p, i) => LabeledImage.FromFile(p, i % 2 == 0 ? "a" : "b")));
        var validation = ImageDataset.FromImages(photos.Skip(14).Select((p, i) => LabeledImage.FromFile(p, i % 2 == 0 ? "a" : "b"))
            .Append(LabeledImage.FromBytes(PictureCopies.Make(ImageFormats.BuiltIn.Load(photos[4]), "cropped"), "a", "cropped")));

        FineTuningResult result = TransferPipeline.FineTune(train).WithValidation(validation).WithTinyBackbone().Fit();

        result.Extraction.Copies.ShouldHaveSingleItem().IsLeak.ShouldBeTrue();
        result.Warnings.ShouldHaveSingleItem().ShouldContain("'cropped'");
    }

    [SkippableFact]
    public void A_class_of_copies_of_one_photo_can_be_divided_all_the_same()
    {
        string[] photos = SharedData.Photos(13);
        RgbImage one = ImageFormats.BuiltIn.Load(photos[12]);
        var data = ImageDataset.FromImages(photos.Take(12).Select(p => LabeledImage.FromFile(p, "many")).Concat(
            Changes.Select(c => LabeledImage.FromBytes(PictureCopies.Make(one, c), "one", c))));

        FineTuningResult result = TransferPipeline.FineTune(data).WithTinyBackbone().Fit();

        result.TrainingData.Images.ShouldContain(i => i.Label == "one");
        result.Validation.Images.Images.ShouldContain(i => i.Label == "one");
        result.Warnings.ShouldContain(w => w.Contains("are in training and validation", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Parallel_training_leaves_near_copies_of_the_small_set_out_of_the_larger_one()
    {
        ImageDataset data = WithCopies(photosPerClass: 12, copied: 3);
        var small = ImageDataset.FromImages(data.Images.Where(i => i.Path.Contains("/photo")));
        var larger = ImageDataset.FromImages(data.Images.Where(i => i.Path.Contains("/copy"))
            .Concat(SharedData.Photos(60).Skip(24).Select(p => LabeledImage.FromFile(p))));

        ParallelTrainingResult result = TransferPipeline
            .ParallelTrain(small, larger, new ParallelTrainingOptions { Segments = 2, MinConfidence = 0 }).WithTinyBackbone().Fit();

        result.PseudoLabels.Count(l => l.Path.Contains("/copy")).ShouldBeLessThanOrEqualTo(1);
        result.Warnings.ShouldContain(w => w.Contains("near-copies of images there, and were left out of the larger one"));
    }

    /// <summary>Photos of two classes, the first of which have four copies each: <c>CLASS/photo N</c> and <c>CLASS/copy N</c>.</summary>
    private static ImageDataset WithCopies(int photosPerClass, int copied)
    {
        string[] photos = SharedData.Photos(2 * photosPerClass);
        return ImageDataset.FromImages(photos.Index().SelectMany(p =>
        {
            string label = p.Index % 2 == 0 ? "a" : "b";
            RgbImage image = ImageFormats.BuiltIn.Load(p.Item);
            return Changes.Take(p.Index / 2 < copied ? Changes.Length : 0)
                .Select(c => LabeledImage.FromBytes(PictureCopies.Make(image, c), label, $"{label}/copy {p.Index} {c}"))
                .Prepend(LabeledImage.FromBytes(File.ReadAllBytes(p.Item), label, $"{label}/photo {p.Index}"));
        }));
    }

    private static string[] Originals(ImageDataset images) => [.. images.Images.Select(i => i.Path.Split(' ')[1])];

    private static int Divided(string[] training, string[] validation) => training.Intersect(validation).Count();
}
