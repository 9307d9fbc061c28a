using TransferLearning.Models;
using TransferLearning.Models.Predictions;

namespace TransferLearning.Hosting.Batching;

/// <summary>Decodes and computes each image alone, on one thread.</summary>
internal sealed class SingleRuns(TransferModel model, PredictionGate gate) : IPredictionRuns
{
    public async Task<Prediction> PredictAsync(ImageContent content, CancellationToken cancellationToken)
    {
        gate.Enter();
        try
        {
            await gate.TakeSlotAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.Leave();
        }

        try
        {
            return await model.PredictContentAsync(content, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            gate.ReturnSlot();
        }
    }

    public void Dispose()
    {
    }
}
