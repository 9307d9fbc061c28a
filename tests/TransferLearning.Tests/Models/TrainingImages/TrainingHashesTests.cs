using System.Globalization;
using System.Text.Json;
using TransferLearning.Data.Images;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Models;
using TransferLearning.Models.Saving;
using TransferLearning.Models.TrainingImages;

namespace TransferLearning.Tests.Models.TrainingImages;

public class TrainingHashesTests
{
    private static readonly ContentKey[] Keys = [.. Enumerable.Range(0, 40).Select(i => ContentKey.Of([(byte)i]))];

    [Fact]
    public void An_image_is_found_by_the_first_8_bytes_of_its_sha_256()
    {
        var hashes = TrainingHashes.Of(Keys[..10]);

        hashes.Find(Keys[5..15]).ShouldBe(new TrainingOverlap(5, 10));
        string written = hashes.Write();
        byte[] bytes = JsonDocument.Parse(written).RootElement.GetProperty("hashes").GetBytesFromBase64();
        string[] expected = [.. Keys[..10].Select(k => k.ToString()[..16]).Order(StringComparer.Ordinal)];
        bytes.Chunk(8).Select(Convert.ToHexStringLower).ShouldBe(expected);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var hashes = TrainingHashes.Read(TrainingHashes.Of(Keys[..10]).Write());

        (hashes.Count, hashes.IsComplete).ShouldBe((10, true));
        hashes.Find(Keys).ShouldBe(new TrainingOverlap(10, 40));
        TrainingHashes.Read(TrainingHashes.Of(Keys, maxCount: 7).Write()).IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Order_and_copies_of_images_make_no_difference() =>
        TrainingHashes.Of(Keys.Reverse().Concat(Keys)).Write().ShouldBe(TrainingHashes.Of(Keys).Write());

    [Fact]
    public void Of_too_many_images_the_smallest_hashes_are_kept_and_only_images_in_their_range_are_compared()
    {
        var hashes = TrainingHashes.Of(Keys[..20], maxCount: 5);

        string[] kept = [.. Keys[..20].Select(k => k.ToString()).Order(StringComparer.Ordinal).Take(5)];
        (hashes.Count, hashes.IsComplete).ShouldBe((5, false));
        hashes.Find(Keys).ShouldBe(new TrainingOverlap(5, Keys.Count(k => string.CompareOrdinal(k.ToString(), kept[^1]) <= 0)));
    }

    [Fact]
    public void A_union_has_the_images_of_both_and_each_once()
    {
        TrainingHashes union = TrainingHashes.Of(Keys[..10]).Union(TrainingHashes.Of(Keys[5..20]));

        (union.Count, union.IsComplete).ShouldBe((20, true));
        union.Find(Keys).ShouldBe(new TrainingOverlap(20, 40));
    }

    [Fact]
    public void A_union_with_a_sample_is_the_sample_of_all_images()
    {
        var sample = TrainingHashes.Of(Keys[..20], maxCount: 8);

        TrainingHashes union = sample.Union(TrainingHashes.Of(Keys[20..]));

        union.IsComplete.ShouldBeFalse();
        union.Write().ShouldBe(TrainingHashes.Of(Keys, union.Count).Write());
        union.Union(TrainingHashes.Of(Keys), maxCount: 3).Write().ShouldBe(TrainingHashes.Of(Keys, maxCount: 3).Write());
    }

    [Theory]
    [InlineData("{\"complete\":true,\"hashes\":\"AAAA\"}", "3 bytes")]
    [InlineData("{\"complete\":true,\"hashes\":\"AAAAAAAAAAIAAAAAAAAAAQ==\"}", "ascending")]
    public void Damaged_hashes_are_refused(string text, string part) =>
        Should.Throw<JsonException>(() => TrainingHashes.Read(text)).Message.ShouldContain(part);

    [Theory]
    [InlineData("{\"complete\":true}")]
    [InlineData("{\"complete\":true,\"hashes\":\"?\"}")]
    [InlineData("[]")]
    public void A_model_with_damaged_hashes_is_refused_and_says_so(string text)
    {
        var preprocessing = new ImagePreprocessing { Width = 1, Height = 1, Normalization = PixelNormalization.Inception };
        var metadata = new ModelMetadata(["a"], preprocessing, new ModelOrigin());

        Should.Throw<TransferLearningException>(
            () => ModelMetadata.Read(metadata.Write().Add(TrainingHashes.MetadataKey, text))).Message.ShouldContain("damaged metadata");
    }

    [Fact]
    public void As_many_hashes_as_a_model_keeps_take_1_1_megabytes()
    {
        IEnumerable<int> images = Enumerable.Range(0, TrainingHashes.MaxCount + 1);

        var hashes = TrainingHashes.Of(images.Select(i => ContentKey.Of(BitConverter.GetBytes(i))));

        hashes.Count.ShouldBe(100_000);
        hashes.Write().Length.ShouldBeLessThan(1_100_000);
        TrainingHashes.Read(hashes.Write()).Count.ToString(CultureInfo.InvariantCulture).ShouldBe("100000");
    }
}
