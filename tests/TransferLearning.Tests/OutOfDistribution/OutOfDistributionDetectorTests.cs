using TransferLearning.Bottlenecks;
using TransferLearning.Heads;
using TransferLearning.Numerics;
using TransferLearning.OutOfDistribution;
using TransferLearning.Tests.Heads;

namespace TransferLearning.Tests.OutOfDistribution;

public class OutOfDistributionDetectorTests
{
    private const int Features = 40;

    private static readonly LabeledBottlenecks All = SyntheticBottlenecks.Create(900, Features, 5, seed: 3, separation: 1);

    [Fact]
    public void A_class_that_was_held_out_scores_higher_than_the_others()
    {
        OutOfDistributionDetector detector = Detector();

        double[] known = Scores(detector, Rows(2, label => label < 4)), unknown = Scores(detector, Rows(2, label => label == 4));

        unknown.Average(u => known.Count(k => k < u) / (double)known.Length).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void About_the_stated_share_of_images_of_the_classes_is_rejected() =>
        Scores(Detector(), Rows(2, label => label < 4)).Count(s => s > 0).ShouldBeInRange(10, 40, "about a tenth of 240");

    [Fact]
    public void A_detector_reads_back_from_its_bytes_with_the_same_scores()
    {
        OutOfDistributionDetector detector = Detector();

        OutOfDistributionDetector read = Read(Write(detector));

        read.FalseRejectRate.ShouldBe(0.1);
        Scores(read, All).ShouldBe(Scores(detector, All));
    }

    [Fact]
    public void A_detector_takes_less_than_one_byte_per_value()
    {
        OutOfDistributionDetector detector = Detector();
        RelativeMahalanobis distance = detector.Distance;
        int values = distance.Basis.Length + detector.Prototypes.Values.Length + distance.ClassMeans.Length
            + (distance.Rank * (distance.Rank + 1) / 2);

        Write(detector).Length.ShouldBeLessThan(values);
    }

    [Fact]
    public void A_detector_of_version_2_sums_up_three_measures_and_is_written_unchanged()
    {
        OutOfDistributionDetector detector = Detector();
        byte[] content = DetectorFormat.Write(detector, version: 2);

        OutOfDistributionDetector read = DetectorFormat.Read(content, version: 2);

        (read.Scale.ClassDistance, read.Scale.PrototypeDistance, read.Spread).ShouldBe((0, 0, null));
        (read.Scale.Relative, read.Scale.Whitened, read.Scale.Plain).ShouldBe(
            (detector.Scale.Relative, detector.Scale.Whitened, detector.Scale.Plain));
        Scores(read, All).ShouldNotBe(Scores(detector, All));
        DetectorFormat.Write(read, version: 2).ShouldBe(content);
    }

    [Fact]
    public void A_detector_of_version_1_reads_back_and_is_written_unchanged()
    {
        OutOfDistributionDetector detector = Detector();
        byte[] content = EarlierDetectorFormat.Write(detector);

        OutOfDistributionDetector read = EarlierDetectorFormat.Read(content);

        Scores(read, All).ShouldBe(Scores(DetectorFormat.Read(DetectorFormat.Write(detector, version: 2), version: 2), All), 0.05);
        read.Distance.Shares.Length.ShouldBe(0);
        EarlierDetectorFormat.Write(read).ShouldBe(content);
        Should.Throw<InvalidDataException>(() => EarlierDetectorFormat.Read(content.AsSpan(1))).Message.ShouldContain("damaged");
    }

    [Fact]
    public void Changed_or_added_bytes_are_refused()
    {
        byte[] content = Write(Detector()), changed = [.. content], huge = [.. content];
        changed[content.Length / 2] ^= 1;
        BitConverter.TryWriteBytes(huge.AsSpan(8), 1 << 20);

        foreach (byte[] damaged in new[] { changed, huge, [.. content[..^4], 0, 0, 0, 0] })
        {
            Should.Throw<InvalidDataException>(() => Read(damaged));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(75)]
    [InlineData(-1)]
    public void Truncated_bytes_are_refused(int length)
    {
        byte[] content = Write(Detector());

        int kept = length < 0 ? content.Length + length : length;
        Should.Throw<InvalidDataException>(() => Read(content[..kept]))
            .Message.ShouldContain("damaged");
    }

    [Fact]
    public void Threads_do_not_change_a_bit() =>
        Write(Detector(threads: 3)).ShouldBe(Write(Detector(threads: 1)));

    [Fact]
    public void Too_few_images_give_no_detector() =>
        OutOfDistributionDetector.Fit(All.Select([0, 1, 2, 3]), All, null, 0.05, 1).ShouldBeNull();

    [Fact]
    public void A_threshold_set_by_folds_rejects_about_the_stated_share_of_new_images()
    {
        LabeledBottlenecks known = Rows(0, label => label < 4);
        int[] folds = [.. Enumerable.Range(0, known.Count).Select(r => r % 8)];

        double[] scores = Scores(OutOfDistributionDetector.Fit(known, folds, 0.1, 1)!, Rows(2, label => label < 4));

        scores.Count(s => s > 0).ShouldBeInRange(10, 40, "about a tenth of 240");
    }

    [Fact]
    public void A_class_that_only_one_fold_has_does_not_move_the_threshold()
    {
        LabeledBottlenecks known = Rows(0, label => label < 4);
        int[] folds = [.. known.Labels.ToArray().Select((label, r) => label == 3 ? 0 : 1 + (r / 4 % 4))];

        double[] scores = Scores(OutOfDistributionDetector.Fit(known, folds, 0.1, 1)!, Rows(2, label => label < 4));

        scores.Count(s => s > 0).ShouldBeInRange(10, 40, "about a tenth of 240");
    }

    [Fact]
    public void With_many_images_a_class_that_only_one_fold_has_is_not_rejected()
    {
        LabeledBottlenecks many = SyntheticBottlenecks.Create(2800, 8, 4, seed: 5, separation: 3);
        LabeledBottlenecks known = many.Select(
            [.. Enumerable.Range(0, many.Count).Where(r => many.Labels[r] < 3 || r < 120)]);
        int[] folds = [.. known.Labels.ToArray().Select((label, r) => label == 3 ? 0 : r % 4)];

        OutOfDistributionDetector detector = OutOfDistributionDetector.Fit(known, folds, 0.05, 1)!;

        detector.Distance.Classes.ShouldBe(4);
        double[] alone = Scores(detector, known.Select([.. Enumerable.Range(0, known.Count).Where(r => known.Labels[r] == 3)]));
        alone.Count(s => s > 0).ShouldBeLessThan(alone.Length / 4);
    }

    [Fact]
    public void Features_that_never_vary_give_finite_scores()
    {
        var flat = new LabeledBottlenecks(new BottleneckMatrix(20, 3, new float[60]), new int[20], ["a", "b"]);

        OutOfDistributionDetector detector = OutOfDistributionDetector.Fit(flat, flat, null, 0.05, 1)!;

        float.IsFinite(detector.Score([0, 0, 0])).ShouldBeTrue();
    }

    [Fact]
    public void The_distances_weigh_nothing_with_few_images_per_class_and_less_the_more_there_are_per_direction_of_the_basis()
    {
        OutOfDistributionDetector Fit(int images) =>
            OutOfDistributionDetector.Fit(All.Select([.. Enumerable.Range(0, images)]), Rows(1, _ => true), null, 0.1, 1)!;

        double enough = Share(Fit(80)), more = Share(Fit(160)), many = Share(Fit(800));

        Share(Fit(40)).ShouldBe(0);
        Share(Fit(60)).ShouldBe(enough * 80 / 60 / 2, 0.02 * enough);
        more.ShouldBe(enough / 2, 0.02 * enough);
        many.ShouldBe(enough / 10, 0.02 * enough);

        // The weight of a distance in standard deviations among images of the classes, as the weights of all measures are.
        static double Share(OutOfDistributionDetector detector)
        {
            LabeledBottlenecks known = Rows(1, _ => true);
            float[] distances =
                [.. Enumerable.Range(0, known.Count).Select(r => detector.Distance.ToNearestClass(Distances(detector, known, r)))];
            double mean = distances.Average(), deviation = Math.Sqrt(distances.Average(d => (d - mean) * (d - mean)));
            return detector.Scale.ClassDistance * deviation;
        }
    }

    [Fact]
    public void Drawn_features_lie_as_far_from_the_classes_as_images_that_the_detector_has_not_seen()
    {
        OutOfDistributionDetector detector = Detector();
        LabeledBottlenecks unseen = Rows(2, label => label < 4);
        BottleneckMatrix drawn = FeatureReplay.DrawUnseen(detector, 200, seed: 1);
        var rows = new LabeledBottlenecks(drawn, new int[drawn.Count], ["drawn"]);

        MahalanobisDistances found = MeanDistances(rows), expected = MeanDistances(unseen);

        found.Nearest.ShouldBe(expected.Nearest, 0.15 * expected.Nearest);
        found.Rest.ShouldBe(expected.Rest, 0.15 * expected.Rest);
        Scores(detector, rows).Average(s => s > 0 ? 1.0 : 0).ShouldBeInRange(0.02, 0.25, "the threshold is set for a tenth");

        MahalanobisDistances MeanDistances(LabeledBottlenecks of)
        {
            MahalanobisDistances[] distances = [.. Enumerable.Range(0, of.Count).Select(r => Distances(detector, of, r))];
            return new MahalanobisDistances(
                distances.Average(d => d.Nearest), distances.Average(d => d.Total), distances.Average(d => d.Rest));
        }
    }

    private static MahalanobisDistances Distances(OutOfDistributionDetector detector, LabeledBottlenecks data, int row)
    {
        float[] inside = new float[detector.Distance.Rank], whitened = new float[detector.Distance.Rank];
        return detector.Distance.Measure(PowerNormalization.Apply(data.Bottlenecks.Row(row)), inside, whitened);
    }

    private static byte[] Write(OutOfDistributionDetector detector) => DetectorFormat.Write(detector, version: 3);

    private static OutOfDistributionDetector Read(byte[] content) => DetectorFormat.Read(content, version: 3);

    private static OutOfDistributionDetector Detector(int threads = 1) =>
        OutOfDistributionDetector.Fit(Rows(0, label => label < 4), Rows(1, label => label < 4), null, 0.1, threads)!;

    /// <summary>A third of the rows, of some classes.</summary>
    private static LabeledBottlenecks Rows(int third, Func<int, bool> ofClass)
    {
        int[] labels = All.Labels.ToArray();
        return All.Select([.. Enumerable.Range(0, All.Count).Where(r => r / 5 % 3 == third && ofClass(labels[r]))]);
    }

    private static double[] Scores(OutOfDistributionDetector detector, LabeledBottlenecks data) =>
        [.. Enumerable.Range(0, data.Count).Select(r => (double)detector.Score(data.Bottlenecks.Row(r)))];
}
