using TransferLearning.Runtime.Training.Checkpoints;
using TransferLearning.Runtime.Training.Networks;
using TransferLearning.Runtime.Training.Optimization;

namespace TransferLearning.Tuning;

/// <summary>The checkpoint of a training: when it is written, and what is said where it cannot be. Serves one training.</summary>
internal sealed class TrainingCheckpointFile
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    private readonly string _path;
    private readonly string _identity;
    private readonly TimeProvider _time;
    private long _lastWrite;

    /// <param name="path">The file.</param>
    /// <param name="identity">What is trained, and how.</param>
    /// <param name="time">The clock.</param>
    public TrainingCheckpointFile(string path, string identity, TimeProvider time) =>
        (_path, _identity, _time, _lastWrite) = (path, identity, time, time.GetTimestamp());

    /// <summary>Why the last attempt to write the file failed; null where it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the last checkpoint is so old that another is due.</summary>
    public bool IsDue => _time.GetElapsedTime(_lastWrite) >= Interval;

    /// <summary>Continues from the file, where there is one.</summary>
    /// <returns>What was stored; null where there is no file.</returns>
    /// <exception cref="TransferLearningException">The file cannot be used.</exception>
    public TrainingState? TryRead(TrainableNetwork network, Optimizer optimizer)
    {
        try
        {
            return File.Exists(_path) ? TrainingCheckpoint.Read(_path, network, optimizer, _identity) : null;
        }
        catch (InvalidDataException e)
        {
            throw new TransferLearningException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TransferLearningException($"the checkpoint '{_path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the first checkpoint, so that a folder that cannot be written is known before the work.</summary>
    /// <exception cref="TransferLearningException">It cannot be written.</exception>
    public void WriteFirst(TrainableNetwork network, Optimizer optimizer, IReadOnlyList<NetworkSnapshot> further, TrainingNotes notes)
    {
        Write(network, optimizer, further, notes);
        if (Problem is not null)
        {
            throw new TransferLearningException(Problem);
        }
    }

    /// <summary>Writes the file. Where that fails, the last one stays, and training continues.</summary>
    public void Write(TrainableNetwork network, Optimizer optimizer, IReadOnlyList<NetworkSnapshot> further, TrainingNotes notes)
    {
        _lastWrite = _time.GetTimestamp();
        try
        {
            TrainingCheckpoint.Write(_path, network, optimizer, _identity, further, notes.Write());
            Problem = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = $"the checkpoint '{_path}' cannot be written: {e.Message}";
        }
    }
}
