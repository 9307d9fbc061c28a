using System.Text.Json;

namespace TransferLearning.Cli.Tests.Verbs;

[Collection(SampleSetTests.Name)]
public sealed class CheckTests(SampleSet samples)
{
    private const string WebP = "UklGRh4AAABXRUJQVlA4TBEAAAAvD8ADAAdQjyIXpf+BiOh/AAA=";

    private const string PngWithoutEnd =
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAASElEQVR42mNggANmNk4efiFRBgY2HiEJORUtBgZOIWkVXTN7BgYeCRUDG48QBg"
        + "Z+OV0b76hMBgYhFTOPqJw6BgZRLfuQzLrJAME4CTEeO27r";

    [Fact]
    public async Task A_clean_set_has_classes_and_no_findings()
    {
        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", samples.Images);

        run.ShouldHaveEnded(0).Output.ShouldContain("Leaks into validation: 0");
        json.GetProperty("images").GetInt32().ShouldBe(96);
        json.GetProperty("unreadable").GetArrayLength().ShouldBe(0);
        json.GetProperty("leaks").GetArrayLength().ShouldBe(0);
        json.GetProperty("imbalance").GetDouble().ShouldBe(1);
        JsonElement[] classes = [.. json.GetProperty("classes").EnumerateArray()];
        classes.Length.ShouldBe(6);
        classes.ShouldAllBe(c => c.GetProperty("trainImages").GetInt32() == 12 && c.GetProperty("validationImages").GetInt32() == 4);
    }

    [Fact]
    public async Task Bad_files_copies_leaks_and_conflicts_are_found_and_named()
    {
        using var folder = new TemporaryFolder();
        SampleSet.Copy(samples.Images, folder["data"]);
        File.Copy(samples.Image("dots", 0), folder["data", "train", "dots", "leaked.jpg"]);
        File.Copy(samples.Image("rings", 0), folder["data", "val", "bark", "conflict.jpg"]);
        await File.WriteAllTextAsync(folder["data", "train", "dots", "broken.jpg"], "no image");

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", folder["data"]);

        run.ShouldHaveEnded(0);
        json.GetProperty("unreadable")[0].GetProperty("path").GetString()!.ShouldEndWith("broken.jpg");
        JsonElement leak = json.GetProperty("leaks").EnumerateArray().ShouldHaveSingleItem();
        leak.GetProperty("kind").GetString().ShouldBe("exact");
        leak.GetProperty("paths").EnumerateArray().Select(p => Path.GetFileName(p.GetString())).ShouldContain("leaked.jpg");
        JsonElement conflict = json.GetProperty("labelConflicts").EnumerateArray().ShouldHaveSingleItem();
        conflict.GetProperty("labels").EnumerateArray().Select(l => l.GetString()).ShouldBe(["bark", "rings"]);
        json.GetProperty("duplicates").GetArrayLength().ShouldBe(2);
        run.Output.ShouldContain("leak: ");
        run.Output.ShouldContain("leaked.jpg");
        run.Output.ShouldContain("broken.jpg");
    }

    [Fact]
    public async Task A_mirrored_copy_is_a_leak_that_says_how_it_differs()
    {
        using var folder = new TemporaryFolder();
        SampleSet.Copy(samples.Images, folder["data"]);
        await NearCopies.MirrorAsync(samples.Image("dots", 0), folder["data", "train", "dots", "mirrored.bmp"]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", folder["data"]);

        JsonElement leak = json.GetProperty("leaks").EnumerateArray().ShouldHaveSingleItem();
        leak.GetProperty("kind").GetString().ShouldBe("near");
        leak.GetProperty("changes").EnumerateArray().Select(c => c.GetString()).ShouldBe(["mirrored"]);
        run.ShouldHaveEnded(0).Output.ShouldContain("(near, mirrored)");
    }

    [Fact]
    public async Task A_file_damaged_outside_its_pixels_is_named_but_used()
    {
        using var folder = new TemporaryFolder();
        SampleSet.Copy(samples.Images, folder["data"]);
        await File.WriteAllBytesAsync(folder["data", "train", "dots", "cut.png"], Convert.FromBase64String(PngWithoutEnd));

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", folder["data"]);

        run.ShouldHaveEnded(0).Output.ShouldContain("damaged, but used: ");
        json.GetProperty("unreadable").GetArrayLength().ShouldBe(0);
        json.GetProperty("damaged").EnumerateArray().ShouldHaveSingleItem().GetProperty("reason").GetString()!.ShouldContain("IEND");
    }

    [Fact]
    public async Task Photos_in_formats_of_Magick_are_read()
    {
        using var folder = new TemporaryFolder();
        SampleSet.Copy(samples.Images, folder["data"]);
        string photo = folder["data", "train", "dots", "photo.webp"];
        await File.WriteAllBytesAsync(photo, Convert.FromBase64String(WebP));
        File.Copy(photo, folder["data", "train", "bark", "no-extension"]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", folder["data"]);

        run.ShouldHaveEnded(0);
        json.GetProperty("images").GetInt32().ShouldBe(98);
        json.GetProperty("unreadable").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_group_in_training_and_validation_is_found_and_named()
    {
        using var folder = new TemporaryFolder();
        string[] rows = [$"{samples.Image("dots", 0)},dots,ann,train", $"{samples.Image("bark", 1)},bark,ann,val"];
        await File.WriteAllLinesAsync(folder["images.csv"], ["path,label,group,split", .. rows]);

        (CommandRun run, JsonElement json) = await CommandRun.WithJsonAsync("check", folder["images.csv"]);

        run.ShouldHaveEnded(0).Output.ShouldContain("group in training and validation: ann (images: 1 in training, 1 in validation)");
        JsonElement group = json.GetProperty("dividedGroups").EnumerateArray().ShouldHaveSingleItem();
        group.GetProperty("name").GetString().ShouldBe("ann");
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named() =>
        (await CommandRun.WithAsync("check", "nowhere")).ShouldHaveFailedWith("nowhere", "does not exist");
}
