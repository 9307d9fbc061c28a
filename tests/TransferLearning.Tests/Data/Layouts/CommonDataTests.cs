using TransferLearning.Data;

namespace TransferLearning.Tests.Data.Layouts;

/// <summary>Data sets as people have them, with real photos; skipped where they are absent.</summary>
public sealed class CommonDataTests
{
    private static readonly string[] Flowers = ["daisy", "roses", "tulips"];

    [SkippableTheory]
    [InlineData("01-train-classes-test-flat", DatasetLayoutKind.DividedFolders)]
    [InlineData("03-kaggle-csv-and-folders", DatasetLayoutKind.Manifest)]
    [InlineData("05-other-extensions", DatasetLayoutKind.ClassFolders)]
    [InlineData("07-synology", DatasetLayoutKind.ClassFolders)]
    [InlineData("07b-synology-without-thumbs", DatasetLayoutKind.ClassFolders)]
    [InlineData("09-csv-headers/ImageSource_Label.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/filenames_cats.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/id_breed.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/image_id_label.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/image_labels.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/image_path_label_name.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/img_path_target.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/metadata.jsonl", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/no_extension.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers/photo_label.csv", DatasetLayoutKind.Manifest)]
    [InlineData("09-csv-headers", DatasetLayoutKind.Manifest)]
    [InlineData("25-tiny-imagenet", DatasetLayoutKind.DividedFolders)]
    public void Classes_and_layout_are_as_their_authors_mean_them(string name, DatasetLayoutKind kind)
    {
        var data = ImageDataset.Open(SharedData.Case($"data-2026-11/{name}"));

        data.Labels.ShouldBe(Flowers, data.Layout.ToString());
        data.Layout.Kind.ShouldBe(kind);
        data.Layout.Warnings.ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_flat_folder_beside_training_classes_is_test_data_without_labels()
    {
        var data = ImageDataset.Open(SharedData.Case("data-2026-11/01-train-classes-test-flat"));

        data.OwnSplit.ShouldBeNull();
        data.OfSubset(DatasetSubset.Test).Count.ShouldBe(20);
        data.OfSubset(DatasetSubset.Test).LabelIndices.IndexOfAnyExcept(-1).ShouldBe(-1);
    }

    [SkippableFact]
    public void Thumbnails_of_a_network_drive_are_no_photos()
    {
        var with = ImageDataset.Open(SharedData.Case("data-2026-11/07-synology"));
        var without = ImageDataset.Open(SharedData.Case("data-2026-11/07b-synology-without-thumbs"));

        with.Count.ShouldBe(without.Count);
        with.Layout.LeftOut.ShouldHaveSingleItem().Kind.ShouldBe(DatasetFindingKind.SystemFile);
    }

    [SkippableFact]
    public void Images_without_a_known_extension_are_read_by_their_content_and_others_are_named()
    {
        var data = ImageDataset.Open(SharedData.Case("data-2026-11/05-other-extensions"));

        DatasetLeftOut left = data.Layout.LeftOut.ShouldHaveSingleItem();
        (left.Kind, left.Count).ShouldBe((DatasetFindingKind.OtherFormat, 18));
        data.Count.ShouldBe(72);
    }

    [SkippableFact]
    public void Classes_that_differ_in_letter_case_between_parts_are_both_named()
    {
        string path = SharedData.Case("data-2026-11/22-letter-case");

        string message = Should.Throw<TransferLearningException>(() => ImageDataset.Open(path)).Message;

        message.ShouldContain("'Daisy' and 'daisy'");
    }

    [SkippableFact]
    public void Tiny_ImageNet_has_its_validation_labels_in_a_text_file()
    {
        DatasetSplit split = ImageDataset.Open(SharedData.Case("data-2026-11/25-tiny-imagenet")).OwnSplit.ShouldNotBeNull();

        split.Train.Count.ShouldBe(36);
        split.Validation.LabelIndices.ToArray().Distinct().Count().ShouldBe(3);
    }
}
