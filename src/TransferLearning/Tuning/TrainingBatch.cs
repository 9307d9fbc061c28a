using TransferLearning.Runtime.Training.Distillation;

namespace TransferLearning.Tuning;

/// <summary>The images of a step with their targets, in memory that is used again for the next step.</summary>
internal sealed class TrainingBatch
{
    private readonly NetworkTrainingTask _task;
    private readonly NetworkTrainingOptions _options;
    private readonly BatchMixing _mixing;
    private readonly float[] _images;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly float[] _teacherFeatures;
    private readonly float[] _teacherLogits;
    private readonly int _width;
    private readonly int _channels;

    /// <param name="task">What is trained.</param>
    /// <param name="options">How.</param>
    /// <param name="size">The largest number of images of a step.</param>
    public TrainingBatch(NetworkTrainingTask task, NetworkTrainingOptions options, int size)
    {
        (_task, _options) = (task, options);
        _mixing = new BatchMixing(options.MixUp, options.CutMix);
        _images = new float[checked(size * task.Images.Length)];
        _targets = new float[size * task.Classes];
        _weights = new float[size];
        _teacherFeatures = new float[size * (task.Teacher?.Length ?? 0)];
        _teacherLogits = new float[size * (task.Teacher?.Logits ?? 0)];
        _channels = task.Graph.Inputs[0].Shape[1];
        _width = task.Graph.Inputs[0].Shape[3];
    }

    /// <summary>The number of images.</summary>
    public int Count { get; private set; }

    /// <summary>[count, height, width, channels].</summary>
    public ReadOnlySpan<float> Images => _images.AsSpan(0, Count * _task.Images.Length);

    /// <summary>[count, classes]: probabilities.</summary>
    public ReadOnlySpan<float> Targets => _targets.AsSpan(0, Count * _task.Classes);

    /// <summary>[count]; empty if all count the same.</summary>
    public ReadOnlySpan<float> Weights => _task.Weights.Length == 0 ? [] : _weights.AsSpan(0, Count);

    /// <summary>What the teacher computed for the images; empty without a teacher.</summary>
    public TeacherTargets Teacher => new(FeaturesOfTeacher, LogitsOfTeacher);

    private Span<float> FeaturesOfTeacher => _teacherFeatures.AsSpan(0, Count * (_task.Teacher?.Length ?? 0));

    private Span<float> LogitsOfTeacher => _teacherLogits.AsSpan(0, Count * (_task.Teacher?.Logits ?? 0));

    /// <summary>Whether each image is of one class.</summary>
    public bool IsMixed => _mixing.IsUsed;

    /// <summary>Loads the images of a step.</summary>
    /// <param name="images">Their numbers.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="random">The random numbers of the step.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Load(ReadOnlySpan<int> images, int epoch, Random random, CancellationToken cancellationToken)
    {
        Count = images.Length;
        _task.Images.Load(images, epoch, _images.AsMemory(0, Count * _task.Images.Length), cancellationToken);
        _task.Teacher?.Load(images, epoch, FeaturesOfTeacher, LogitsOfTeacher);
        double even = _options.LabelSmoothing / _task.Classes;
        for (int i = 0; i < Count; i++)
        {
            Span<float> target = _targets.AsSpan(i * _task.Classes, _task.Classes);
            target.Fill((float)even);
            target[_task.Labels[images[i]]] = (float)(even + 1 - _options.LabelSmoothing);
            _weights[i] = _task.Weights.Length == 0 ? 1 : _task.Weights[images[i]];
        }

        _mixing.Mix(
            _images.AsSpan(0, Count * _task.Images.Length),
            _targets.AsSpan(0, Count * _task.Classes),
            Count,
            _width,
            _channels,
            random);
    }
}
