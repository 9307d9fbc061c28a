using TransferLearning.Models;
using TransferLearning.Models.Labeling;

namespace TransferLearning.Tests.Models.Labeling;

public class LabelMatchTests
{
    [Fact]
    public void Letter_case_and_punctuation_do_not_count() =>
        LabelMatch.Find(["Sun-Flower", "rose"], ["ROSE", "sun flower"], null).ShouldBe([1, 0]);

    [Fact]
    public void A_synonym_matches() =>
        LabelMatch.Find(["goldfish, Carassius auratus", "bee"], ["carassius_auratus"], null).ShouldBe([0, -1]);

    [Fact]
    public void A_map_joins_words_and_ids()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "map.tsv");
        File.WriteAllText(path, "n01443537\t1\tgoldfish, Carassius auratus\nn01629819\t25\tEuropean fire salamander\n");

        int[] match = LabelMatch.Find(
            ["European fire salamander", "goldfish, Carassius auratus", "bee"], ["n01443537", "n01629819"], LabelMap.FromFile(path));

        match.ShouldBe([1, 0, -1]);
    }

    [Fact]
    public void Many_names_may_mean_one_class()
    {
        var map = LabelMap.Of([new("honeybee", "bees"), new("bumblebee", "bees")]);

        LabelMatch.Find(["bumblebee", "honeybee", "wasp"], ["ants", "bees"], map).ShouldBe([1, 1, -1]);
    }

    [Fact]
    public void A_name_that_two_classes_share_matches_neither() =>
        LabelMatch.Find(["crane"], ["crane, bird", "crane, machine"], null).ShouldBe([-1]);

    [Fact]
    public void A_row_with_one_name_is_refused_with_its_line()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "map.csv");
        File.WriteAllText(path, "bee,bees\nant,12\n");

        Should.Throw<TransferLearningException>(() => LabelMap.FromFile(path)).Message.ShouldContain("line 2");
    }
}
