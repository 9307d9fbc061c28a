using TransferLearning.Heads;
using TransferLearning.Tuning;

namespace TransferLearning.Tests.Tuning;

public sealed class TrainingNotesTests
{
    [Fact]
    public void Notes_are_read_as_they_were_written()
    {
        var notes = new TrainingNotes(
            0.1 + 0.2,
            1.0 / 3,
            new EpochSums(37, 1e-17 / 3, 12),
            [
                new EpochProgress(1, 3, Math.PI, null, null) { TrainingAccuracy = 2.0 / 3, HeldOutLoss = 0.1, HeldOutAccuracy = 0 },
                new EpochProgress(2, 3, double.MaxValue, null, null),
            ]);

        var read = TrainingNotes.Read(notes.Write());

        (read.LearningRate, read.FirstLoss, read.Sums).ShouldBe((notes.LearningRate, notes.FirstLoss, notes.Sums));
        read.History.ShouldBe(notes.History);
    }

    [Fact]
    public void Notes_from_before_the_first_step_are_read_as_they_were_written()
    {
        var read = TrainingNotes.Read(new TrainingNotes(double.NaN, double.NaN, default, []).Write());

        (read.LearningRate, read.FirstLoss, read.Sums).ShouldBe((double.NaN, double.NaN, default(EpochSums)));
        read.History.ShouldBeEmpty();
    }
}
