using TransferLearning.Data;
using TransferLearning.Data.Images;
using TransferLearning.Imaging;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Strategies.PreTraining.Photos;

namespace TransferLearning.Tests.Strategies.PreTraining.Photos;

public class TrainingPhotosTests
{
    private const int Size = 48;

    private static readonly ImagePreprocessing Input = new() { Width = Size, Height = Size };

    [SkippableFact]
    public void Pixels_in_memory_and_files_give_the_same_input()
    {
        ImageDataset photos = Photos(6);
        TrainingPhotos kept = Read(photos, new PhotoMemory(long.MaxValue)), decoded = Read(photos, new PhotoMemory(0));

        foreach (int? epoch in new int?[] { null, 0, 3 })
        {
            Load(kept, [0, 1, 2, 3, 4, 5], epoch).ShouldBe(Load(decoded, [0, 1, 2, 3, 4, 5], epoch));
        }

        kept.Identity.ShouldBe(decoded.Identity);
    }

    [SkippableFact]
    public void Each_epoch_shows_another_view_and_the_same_one_when_it_is_repeated()
    {
        TrainingPhotos photos = Read(Photos(1), new PhotoMemory(long.MaxValue));

        float[] itself = Load(photos, [0], null), first = Load(photos, [0], 0), second = Load(photos, [0], 1);

        first.ShouldNotBe(itself);
        second.ShouldNotBe(first);
        Load(photos, [0], 0).ShouldBe(first);
    }

    [Fact]
    public void Views_of_a_teacher_are_shown_in_turn_and_all_of_them_in_every_epoch()
    {
        var views = new PhotoViews(ImageAugmentation.Photos, 4);

        Enumerable.Range(0, 5).Select(epoch => views.Of(2, epoch)).ShouldBe([2, 3, 0, 1, 2]);
        Enumerable.Range(0, 4).Select(image => views.Of(image, 1)).ShouldBe([1, 2, 3, 0]);
        views.Of(2, null).ShouldBe(0);
        new PhotoViews(ImageAugmentation.None, 4).Of(2, 1).ShouldBe(0);
    }

    [SkippableFact]
    public void A_file_that_is_replaced_during_the_training_is_named()
    {
        using var folder = new TemporaryFolder();
        string[] files = SharedData.Photos(2);
        string path = folder.Copy(files[0], "photo.jpg");
        TrainingPhotos photos = Read(ImageDataset.FromImages([LabeledImage.FromFile(path, "a")]), new PhotoMemory(0));
        File.Copy(files[1], path, overwrite: true);

        Should.Throw<TransferLearningException>(() => Load(photos, [0], 0)).Message.ShouldSatisfyAllConditions(
            m => m.ShouldContain($"the image '{path}' could be used at first, but not any more"),
            m => m.ShouldContain("the file has changed since the training began"));
    }

    [Fact]
    public void A_photo_is_shrunk_to_little_more_than_the_input_and_never_enlarged()
    {
        byte[] pixels = new byte[300 * 200 * 3];
        var large = new RgbImage(300, 200, pixels);
        var small = new RgbImage(40, 60, pixels.AsMemory(0, 40 * 60 * 3));

        RgbImage shrunk = PhotoReduction.Apply(large, Size);

        (shrunk.Width, shrunk.Height).ShouldBe((82, 55));
        PhotoReduction.Apply(small, Size).ShouldBeSameAs(small);
    }

    [Fact]
    public void Memory_keeps_images_up_to_its_limit()
    {
        var memory = new PhotoMemory(3 * 100);
        ContentKey first = ContentKey.Of([1]), second = ContentKey.Of([2]), third = ContentKey.Of([3]);
        RgbImage Image() => new(5, 10, new byte[150]);
        memory.Add(first, Image());
        memory.Add(second, Image());

        memory.Add(third, Image());

        memory.Find(third).ShouldBeNull();
        memory.Keep([second]);
        memory.Find(first).ShouldBeNull();
        memory.Find(second).ShouldNotBeNull();
        memory.Add(third, Image());
        memory.Find(third).ShouldNotBeNull();
    }

    private static ImageDataset Photos(int count) =>
        ImageDataset.FromImages(SharedData.Photos(count).Select(p => LabeledImage.FromFile(p, "photo")));

    private static TrainingPhotos Read(ImageDataset images, PhotoMemory memory)
    {
        new PhotoReading(Size, Input.MinSourceSide, memory, threads: 2, TimeProvider.System).Extract(images);
        return new TrainingPhotos(images, Input, new PhotoViews(ImageAugmentation.Photos, null), memory, threads: 2);
    }

    private static float[] Load(TrainingPhotos photos, int[] images, int? epoch)
    {
        float[] target = new float[images.Length * photos.Length];
        photos.Load(images, epoch, target, CancellationToken.None);
        return target;
    }
}
