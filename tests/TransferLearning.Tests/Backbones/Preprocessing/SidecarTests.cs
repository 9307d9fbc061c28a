using TransferLearning.Backbones;
using TransferLearning.Backbones.Preprocessing;
using TransferLearning.Imaging.Transforms;
using TransferLearning.Runtime;

namespace TransferLearning.Tests.Backbones.Preprocessing;

public sealed class SidecarTests : IDisposable
{
    // As facebook/dinov2-small has it.
    private const string DinoV2 = """
        {
          "crop_size": { "height": 224, "width": 224 }, "do_center_crop": true, "do_convert_rgb": true, "do_normalize": true,
          "do_rescale": true, "do_resize": true, "image_mean": [0.485, 0.456, 0.406], "image_processor_type": "BitImageProcessor",
          "image_std": [0.229, 0.224, 0.225], "resample": 3, "rescale_factor": 0.00392156862745098, "size": { "shortest_edge": 256 }
        }
        """;

    // As google/vit-base-patch16-224 has it: no do_rescale.
    private const string ViT = """
        {
          "do_normalize": true, "do_resize": true, "feature_extractor_type": "ViTFeatureExtractor",
          "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 224
        }
        """;

    // As timm's models on Hugging Face have it.
    private const string Timm = """
        {
          "architecture": "convnext_tiny", "num_classes": 1000,
          "pretrained_cfg": {
            "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "input_size": [3, 288, 224], "crop_pct": 0.95,
            "interpolation": "bicubic", "crop_mode": "center", "first_conv": "stem.0"
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Hugging_Face_says_everything()
    {
        StatedPreprocessing stated = HuggingFace(DinoV2)!;

        stated.Source.ShouldBe(PreprocessingSource.Sidecar);
        stated.Reason.ShouldBe("image_mean and image_std of preprocessor_config.json");
        stated.Normalization.ShouldBe(PixelNormalization.Torchvision);
        stated.ChannelOrder.ShouldBe(ChannelOrder.Rgb);
        (stated.Resize, stated.CropFraction, stated.Size).ShouldBe((ResizeMode.CenterCrop, 0.875f, (224, 224)));
        stated.Interpolation.ShouldBe(Interpolation.Bicubic);
    }

    [Fact]
    public void Older_files_of_Hugging_Face_scale_to_0_to_1_without_saying_it()
    {
        StatedPreprocessing stated = HuggingFace(ViT)!;

        stated.Normalization.ShouldBe(PixelNormalization.Inception);
        (stated.Resize, stated.CropFraction, stated.Size).ShouldBe((ResizeMode.Stretch, 1f, (224, 224)));
        stated.Interpolation.ShouldBe(Interpolation.Bilinear);
    }

    [Fact]
    public void timm_says_everything()
    {
        StatedPreprocessing stated = InFolder("config.json", Timm)!;

        stated.Reason.ShouldBe("mean and std of config.json");
        stated.Normalization.ShouldBe(PixelNormalization.Torchvision);
        stated.ChannelOrder.ShouldBe(ChannelOrder.Rgb);
        (stated.Resize, stated.CropFraction, stated.Size).ShouldBe((ResizeMode.CenterCrop, 0.95f, (224, 288)));
        stated.Interpolation.ShouldBe(Interpolation.Bicubic);
    }

    [Theory]
    [InlineData("\"size\": 256, \"do_center_crop\": true, \"crop_size\": 224", ResizeMode.CenterCrop, 0.875f, 224)]
    [InlineData(
        "\"size\": 256, \"do_center_crop\": true, \"crop_size\": 224, \"feature_extractor_type\": \"DeiTFeatureExtractor\"",
        ResizeMode.Stretch, 0.875f, 224)]
    [InlineData("\"size\": {\"height\": 96, \"width\": 96}", ResizeMode.Stretch, 1f, 96)]
    [InlineData("\"size\": {\"shortest_edge\": 224}", ResizeMode.CenterCrop, 1f, 224)]
    [InlineData(
        "\"size\": {\"shortest_edge\": 224}, \"crop_pct\": 0.875, \"image_processor_type\": \"ConvNextImageProcessor\"",
        ResizeMode.CenterCrop, 0.875f, 224)]
    [InlineData(
        "\"size\": {\"shortest_edge\": 384}, \"crop_pct\": 1.0, \"image_processor_type\": \"ConvNextImageProcessor\"",
        ResizeMode.Stretch, 1f, 384)]
    [InlineData(
        "\"size\": {\"shortest_edge\": 224}, \"do_center_crop\": true, \"crop_size\": {\"height\": 224, \"width\": 224}, "
        + "\"image_processor_type\": \"LevitImageProcessor\"",
        ResizeMode.CenterCrop, 0.875f, 224)]
    [InlineData(
        "\"size\": {\"shortest_edge\": 224}, \"do_center_crop\": true, \"crop_size\": 224, \"crop_pct\": 0.95",
        ResizeMode.CenterCrop, 0.95f, 224)]
    [InlineData("\"do_resize\": false, \"size\": 999, \"do_center_crop\": true, \"crop_size\": 64", ResizeMode.CenterCrop, 1f, 64)]
    public void Hugging_Face_says_sizes_in_several_ways(string fields, ResizeMode mode, float fraction, int size)
    {
        StatedPreprocessing stated = HuggingFace($"{{{fields}}}")!;

        (stated.Resize, stated.CropFraction, stated.Size).ShouldBe((mode, fraction, (size, size)));
        stated.Normalization.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"do_rescale\": false, \"image_mean\": [123, 117, 104], \"image_std\": 1", 123f, 117f, 104f, 1f)]
    [InlineData("\"do_rescale\": true, \"do_normalize\": false", 0f, 0f, 0f, 255f)]
    [InlineData("\"do_rescale\": false, \"do_normalize\": false", 0f, 0f, 0f, 1f)]
    [InlineData("\"do_rescale\": true, \"rescale_factor\": 0.00784313725490196, \"rescale_offset\": true", 127.5f, 127.5f, 127.5f, 127.5f)]
    [InlineData("\"image_mean\": 0.5, \"image_std\": [0.25]", 127.5f, 127.5f, 127.5f, 63.75f)]
    public void Hugging_Face_says_ranges_in_several_ways(string fields, float red, float green, float blue, float scale) =>
        HuggingFace($"{{{fields}}}")!.Normalization.ShouldBe(new PixelNormalization(red, green, blue, scale, scale, scale));

    [Fact]
    public void A_file_that_says_a_part_leaves_the_rest_open()
    {
        HuggingFace("""{"do_flip_channel_order": true}""")!.ChannelOrder.ShouldBe(ChannelOrder.Bgr);
        HuggingFace("""{"do_normalize": true, "size": 32}""")!.Normalization.ShouldBeNull();
        HuggingFace("""{"image_mean": 0, "image_std": 1}""")!.Resize.ShouldBeNull();
        HuggingFace("""{"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 16000}""").ShouldBeNull();
        InFolder("config.json", """{"architectures": ["ViTModel"], "model_type": "vit", "image_size": 224}""").ShouldBeNull();
        InFolder("config.json", "// Another program's.\n{ \"port\": 80, }").ShouldBeNull();
    }

    [Theory]
    [InlineData("squash", ResizeMode.Stretch)]
    [InlineData("border", ResizeMode.Pad)]
    public void timm_crops_in_several_ways(string name, ResizeMode mode) =>
        InFolder("config.json", Timm.Replace("\"center\"", $"\"{name}\"", StringComparison.Ordinal))!.Resize.ShouldBe(mode);

    [Fact]
    public void Older_files_of_timm_have_it_at_the_top() =>
        InFolder("config.json", """{"architecture": "resnet18", "input_size": [3, 224, 224], "mean": [0, 0, 0], "std": [1, 1, 1]}""")!
            .ShouldBe(new StatedPreprocessing(PreprocessingSource.Sidecar, "mean and std of config.json")
            {
                Normalization = PixelNormalization.ZeroToOne,
                ChannelOrder = ChannelOrder.Rgb,
                Resize = ResizeMode.CenterCrop,
                CropFraction = 0.875f,
                Size = (224, 224),
            });

    [Fact]
    public void Hugging_Face_comes_before_timm_and_the_folder_of_the_network_before_the_one_above()
    {
        _folder.Write("onnx/config.json", Timm);
        Read("onnx/model.onnx")!.Reason.ShouldContain("config.json");
        _folder.Write("preprocessor_config.json", ViT);
        Read("onnx/model.onnx")!.Reason.ShouldBe("mean and std of config.json");
        _folder.Write("onnx/preprocessor_config.json", DinoV2);
        Read("onnx/model.onnx")!.Reason.ShouldContain("preprocessor_config.json");
        File.Delete(_folder.At("onnx/config.json"));
        File.Delete(_folder.At("onnx/preprocessor_config.json"));
        Read("onnx/model.onnx")!.Normalization.ShouldBe(PixelNormalization.Inception);
        Read("other/model.onnx").ShouldBeNull();
    }

    [Theory]
    [InlineData("preprocessor_config.json", "{\"image_mean\": [0.5, 0.5], \"image_std\": 1}", "'image_mean': [0.5, 0.5]")]
    [InlineData("preprocessor_config.json", "{\"image_mean\": [0.5, 0.5, \"x\"], \"image_std\": 1}", "'image_mean'")]
    [InlineData("preprocessor_config.json", "{\"image_mean\": [0, 0, 0]}", "no 'image_std'")]
    [InlineData("preprocessor_config.json", "{\"image_std\": [1, 1, 1]}", "no 'image_mean'")]
    [InlineData("preprocessor_config.json", "{\"image_mean\": 0, \"image_std\": [1, 0, 1]}", "'image_std'")]
    [InlineData("preprocessor_config.json", "{\"do_rescale\": 1}", "'do_rescale': 1; expected true or false")]
    [InlineData("preprocessor_config.json", "{\"rescale_factor\": 0, \"do_rescale\": true}", "'rescale_factor'")]
    [InlineData("preprocessor_config.json", "{\"size\": {\"longest_edge\": 9}}", "shortest_edge")]
    [InlineData("preprocessor_config.json", "{\"size\": 0}", "'size'")]
    [InlineData("preprocessor_config.json", "{\"size\": 8, \"do_center_crop\": true, \"crop_size\": -8}", "'crop_size'")]
    [InlineData("preprocessor_config.json", "{\"size\": 8, \"resample\": 9}", "'resample': 9; expected 0 (nearest)")]
    [InlineData("preprocessor_config.json", "{\"size\": 8,", "not valid JSON")]
    [InlineData("preprocessor_config.json", "[]", "not a JSON object")]
    [InlineData("config.json", "{\"pretrained_cfg\": 7}", "'pretrained_cfg'")]
    [InlineData("config.json", "{\"pretrained_cfg\": {\"mean\": [0, 0, 0]}}", "no 'std'")]
    [InlineData("config.json", "{\"pretrained_cfg\": {\"mean\": 0, \"std\": 0}}", "'std'")]
    [InlineData("config.json", "{\"pretrained_cfg\": {\"input_size\": [1, 224, 224]}}", "'input_size'")]
    [InlineData("config.json", "{\"pretrained_cfg\": {\"crop_mode\": \"circle\"}}", "'crop_mode'")]
    [InlineData("config.json", "{\"pretrained_cfg\": {\"interpolation\": \"linear\"}}", "'interpolation': \"linear\"; expected nearest")]
    public void What_is_malformed_is_named(string name, string json, string expected)
    {
        string message = Should.Throw<InvalidNetworkException>(() => InFolder(name, json)).Message;

        message.ShouldContain(_folder.At(name));
        message.ShouldContain(expected);
    }

    private StatedPreprocessing? HuggingFace(string json) => InFolder("preprocessor_config.json", json);

    private StatedPreprocessing? InFolder(string name, string json)
    {
        _folder.Write(name, json);
        return Read("model.onnx");
    }

    private StatedPreprocessing? Read(string network) => Sidecars.Read(_folder.At(network));
}
