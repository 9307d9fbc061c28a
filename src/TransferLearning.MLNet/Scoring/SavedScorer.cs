using TransferLearning.Data;
using TransferLearning.Models;

namespace TransferLearning.MLNet.Scoring;

/// <summary>Scores images with the network of a saved state, which is loaded at the first image. Thread-safe.</summary>
internal sealed class SavedScorer
{
    private readonly Lock _loading = new();
    private volatile Loaded? _loaded;

    /// <param name="text">The text that <see cref="SavedState.Write"/> wrote, the same for every image.</param>
    /// <param name="image">The image; the state tells the size of images that are given as a block of pixels.</param>
    public ImageScores Score(ReadOnlyMemory<char> text, Func<SavedState, LabeledImage> image)
    {
        Loaded loaded = Load(text);
        return loaded.Scorer.Score(image(loaded.State));
    }

    private Loaded Load(ReadOnlyMemory<char> text)
    {
        if (_loaded is { } loaded)
        {
            return loaded;
        }

        lock (_loading)
        {
            return _loaded ??= Loaded.Of(SavedState.Read(text.Span));
        }
    }

    private sealed record Loaded(SavedState State, IImageScorer Scorer)
    {
        public static Loaded Of(SavedState state)
        {
            IImageScorer scorer = state.Kind switch
            {
                SavedKind.Scores => Model(state),
                SavedKind.Features => FeatureComputer.Of(state),
                _ => throw new InvalidOperationException($"{state.Kind} is not a kind of saved network"),
            };
            return new Loaded(state with { File = [] }, scorer);
        }

        private static ModelScorer Model(SavedState state)
        {
            using var file = new MemoryStream(state.File, writable: false);
            var model = TransferModel.Load(file);
            return model.Labels.Count == state.Slots.Length
                ? new ModelScorer(model, state.Slots, state.Count, report: null)
                : throw new TransferLearningException(
                    "the network in the ML.NET model is damaged: "
                    + $"it has {model.Labels.Count} labels, but {state.Slots.Length} slots");
        }
    }
}
