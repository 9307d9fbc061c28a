namespace TransferLearning.Imaging.Tests;

public sealed class RealPhotoTests
{
    [SkippableTheory]
    [InlineData("hymenoptera", 398)]
    [InlineData("flowers-small", 200)]
    [InlineData("concrete-cracks", 400)]
    [InlineData("imagenet-samples", 19)]
    public void Every_photo_of_a_set_decodes(string set, int count)
    {
        string[] photos = SharedData.Photos(set);

        photos.Length.ShouldBe(count);
        foreach (string photo in photos)
        {
            ImageFormats.BuiltIn.Load(photo).Pixels.Length.ShouldBeGreaterThan(0);
        }
    }
}
