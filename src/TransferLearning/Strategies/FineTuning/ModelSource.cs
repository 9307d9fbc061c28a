using TransferLearning.Inference;
using TransferLearning.Models;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>A model, or the path of one that is read at first use. Thread-safe.</summary>
internal sealed class ModelSource
{
    private readonly Func<INetworkEngine, TransferModel> _open;
    private TransferModel? _model;

    private ModelSource(Func<INetworkEngine, TransferModel> open) => _open = open;

    public static ModelSource At(string path) => new(engine => TransferModel.Load(path, new ModelLoadOptions { Engine = engine }));

    public static ModelSource Of(TransferModel model) => new(_ => model);

    /// <summary>The model, which is read once. A failure is not remembered: the user may mend the file and call Fit again.</summary>
    /// <param name="engine">The engine of the pipeline, which may run what the embedded one refuses.</param>
    /// <exception cref="TransferLearningException">It cannot be read.</exception>
    public TransferModel Open(INetworkEngine engine) => _model ??= _open(engine);

    /// <summary>What the model brings to further training; null, with the problem added, where there is none.</summary>
    public ContinuedModel? TryOpen(INetworkEngine engine, List<string> problems)
    {
        try
        {
            return ContinuedModel.Of(Open(engine));
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }
}
