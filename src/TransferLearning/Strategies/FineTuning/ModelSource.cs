using TransferLearning.Models;

namespace TransferLearning.Strategies.FineTuning;

/// <summary>A model, or the path of one that is read at first use. Thread-safe.</summary>
internal sealed class ModelSource
{
    private readonly Lazy<TransferModel> _model;

    // A failure is not remembered: the user may mend the file and call Fit again.
    private ModelSource(Func<TransferModel> open) => _model = new Lazy<TransferModel>(open, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The model.</summary>
    /// <exception cref="TransferLearningException">It cannot be read.</exception>
    public TransferModel Model => _model.Value;

    public static ModelSource At(string path) => new(() => TransferModel.Load(path));

    public static ModelSource Of(TransferModel model) => new(() => model);

    /// <summary>What the model brings to further training; null, with the problem added, where there is none.</summary>
    public ContinuedModel? TryOpen(List<string> problems)
    {
        try
        {
            return ContinuedModel.Of(Model);
        }
        catch (TransferLearningException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }
}
