using System.Security.Cryptography;
using TransferLearning.Cli.SampleData;
using TransferLearning.Imaging;

namespace TransferLearning.Cli.Tests.SampleData;

public sealed class SampleImageTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Images_of_a_class_differ(int classIndex)
    {
        RgbImage first = SampleImage.Draw(classIndex, 0, seed: 0, size: 32);
        RgbImage second = SampleImage.Draw(classIndex, 1, seed: 0, size: 32);

        first.Pixels.SequenceEqual(second.Pixels).ShouldBeFalse();
    }

    [Fact]
    public void The_pixels_are_the_same_on_every_platform()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int classIndex = 0; classIndex < SampleClass.All.Length; classIndex++)
        {
            hash.AppendData(SampleImage.Draw(classIndex, 7, seed: 1, size: 40).Pixels);
        }

        Convert.ToHexString(hash.GetHashAndReset()).ShouldBe("67ED34435BC118CD914D096ED12A923E5F3C01A9A34F406FB7AD0B9F1E42AEA0");
    }
}
