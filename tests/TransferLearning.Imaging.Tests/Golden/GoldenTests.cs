namespace TransferLearning.Imaging.Tests.Golden;

public sealed class GoldenTests
{
    public static TheoryData<string, int, int, uint> Files()
    {
        var data = new TheoryData<string, int, int, uint>();
        foreach ((string? name, int width, int height, uint crc) in GoldenFiles.All())
        {
            data.Add(name, width, height, crc);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variant_decodes_to_the_expected_pixels(string name, int width, int height, uint crc)
    {
        RgbImage image = ImageFormats.BuiltIn.Decode(GoldenFiles.Read(name));

        (image.Width, image.Height).ShouldBe((width, height));
        GoldenFiles.CrcOf(image).ShouldBe(crc);
    }
}
