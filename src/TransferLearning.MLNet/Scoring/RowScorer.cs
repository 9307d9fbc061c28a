using TransferLearning.Imaging;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Scoring;

/// <summary>
/// Scores images with the model of a saved state, which is loaded at the first image. An image that cannot be decoded gets NaN in all
/// slots and a missing class. Thread-safe.
/// </summary>
internal sealed class RowScorer
{
    /// <summary>The number of a missing class.</summary>
    public const uint Missing = uint.MaxValue;

    private readonly Lock _loading = new();
    private volatile Loaded? _loaded;

    /// <param name="state">The text that <see cref="PipelineState.Write"/> wrote, the same for every image.</param>
    /// <param name="content">The whole image file.</param>
    public RowScores Score(ReadOnlyMemory<char> state, ReadOnlySpan<byte> content)
    {
        Loaded loaded = Load(state);
        try
        {
            return loaded.Score(ImageFormats.BuiltIn.DecodeReduced(content, ImageLimits.Default, loaded.MinSourceSide));
        }
        catch (InvalidImageException)
        {
            return loaded.Undecodable;
        }
    }

    /// <param name="state">The text that <see cref="PipelineState.Write"/> wrote, the same for every image.</param>
    /// <param name="image">The pixels.</param>
    public RowScores Score(ReadOnlyMemory<char> state, RgbImage image) => Load(state).Score(image);

    private Loaded Load(ReadOnlyMemory<char> state)
    {
        if (_loaded is { } loaded)
        {
            return loaded;
        }

        lock (_loading)
        {
            return _loaded ??= new Loaded(PipelineState.Read(state.Span));
        }
    }

    private sealed class Loaded
    {
        private readonly PipelineState _state;
        private readonly TransferModel _model;

        public Loaded(PipelineState state)
        {
            using var file = new MemoryStream(state.Model, writable: false);
            (_state, _model) = (state with { Model = [] }, TransferModel.Load(file));
            if (_model.Labels.Count != state.Slots.Length)
            {
                throw new TransferLearningException(
                    "the transfer model in the ML.NET model is damaged: "
                    + $"it has {_model.Labels.Count} labels, but {state.Slots.Length} slots");
            }

            float[] none = new float[state.Classes];
            Array.Fill(none, float.NaN);
            Undecodable = new RowScores(ScoreText.Write(none), Missing);
        }

        public RowScores Undecodable { get; }

        public int MinSourceSide => _model.Preprocessing.MinSourceSide;

        public RowScores Score(RgbImage image)
        {
            ReadOnlySpan<float> probabilities = _model.Predict(image).Probabilities;
            float[] scores = new float[_state.Classes];
            for (int i = 0; i < probabilities.Length; i++)
            {
                scores[_state.Slots[i]] = probabilities[i];
            }

            return new RowScores(ScoreText.Write(scores), (uint)scores.AsSpan().IndexOf(scores.Max()));
        }
    }
}
