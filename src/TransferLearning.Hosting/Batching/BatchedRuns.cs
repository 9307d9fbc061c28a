using System.Collections.Concurrent;
using System.Threading.Channels;
using TransferLearning.Hosting.Telemetry;
using TransferLearning.Models;
using TransferLearning.Models.Predictions;

namespace TransferLearning.Hosting.Batching;

/// <summary>
/// Decodes each image alone, then gathers the images of concurrent requests into runs of the network. An image that cannot be decoded
/// never gets into a batch, and one whose request was canceled leaves it.
/// </summary>
internal sealed class BatchedRuns : IPredictionRuns
{
    private readonly string _name;
    private readonly TransferModel _model;
    private readonly PredictionGate _gate;
    private readonly ModelBatching _batching;
    private readonly ServingTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly Channel<PendingImage> _decoded = Channel.CreateUnbounded<PendingImage>();

    // Bounds the memory of decoded images: what the next run of each thread takes, and one more.
    private readonly SemaphoreSlim _inputs;
    private readonly ConcurrentBag<float[]> _idleInputs = [];

    // One thread gathers at a time: two would divide the images that arrive between them.
    private readonly SemaphoreSlim _gathering = new(1);

    // Requests whose images are being decoded: only for these it is worth waiting.
    private int _coming;

    public BatchedRuns(
        string name, TransferModel model, PredictionGate gate, ModelBatching batching, ServingTelemetry telemetry, TimeProvider time)
    {
        (_name, _model, _gate, _batching, _telemetry, _time) = (name, model, gate, batching, telemetry, time);
        _inputs = new SemaphoreSlim(batching.MaxImages * (gate.Threads + 1));
        for (int i = 0; i < gate.Threads; i++)
        {
            Task.Run(RunBatchesAsync);
        }
    }

    public async Task<Prediction> PredictAsync(ImageContent content, CancellationToken cancellationToken)
    {
        _gate.Enter();
        PendingImage? pending = null;
        try
        {
            Interlocked.Increment(ref _coming);
            try
            {
                pending = await DecodeAsync(content, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Decrement(ref _coming);
            }
        }
        finally
        {
            if (pending is null)
            {
                _gate.Leave();
            }
        }

        // From here on, the image leaves the queue when its batch runs.
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingImage)state!).Cancel(token), pending);
        _decoded.Writer.TryWrite(pending);
        return _model.Read(await pending.Output.ConfigureAwait(false));
    }

    /// <summary>Ends the threads when all images are computed.</summary>
    public void Dispose() => _decoded.Writer.TryComplete();

    private async Task<PendingImage> DecodeAsync(ImageContent content, CancellationToken cancellationToken)
    {
        await _inputs.WaitAsync(cancellationToken).ConfigureAwait(false);
        float[] input = _idleInputs.TryTake(out float[]? idle) ? idle : new float[_model.InputLength];
        try
        {
            await _gate.TakeSlotAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await Task.Run(() => _model.FillInput(content, input), cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return new PendingImage(input);
            }
            finally
            {
                _gate.ReturnSlot();
            }
        }
        catch
        {
            Return(input);
            throw;
        }
    }

    private void Return(float[] input)
    {
        _idleInputs.Add(input);
        _inputs.Release();
    }

    /// <summary>What each thread does: gathers a batch and runs it, until no more images come.</summary>
    private async Task RunBatchesAsync()
    {
        float[] inputs = new float[_batching.MaxImages * _model.InputLength];
        var batch = new List<PendingImage>(_batching.MaxImages);
        while (await GatherAsync(batch).ConfigureAwait(false))
        {
            Run(batch, inputs);
            batch.Clear();
        }
    }

    /// <returns>False when no more images come.</returns>
    private async Task<bool> GatherAsync(List<PendingImage> batch)
    {
        await _gathering.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!await _decoded.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                return false;
            }

            TakeDecoded(batch);
            Task? tooLate = null;
            Task<bool>? more = null;
            while (batch.Count < _batching.MaxImages && Volatile.Read(ref _coming) > 0 && tooLate is not { IsCompleted: true })
            {
                tooLate ??= Task.Delay(_batching.MaxWait, _time);
                more ??= _decoded.Reader.WaitToReadAsync().AsTask();
                if (await Task.WhenAny(tooLate, more).ConfigureAwait(false) == more)
                {
                    TakeDecoded(batch);
                    more = null;
                }
            }

            return true;
        }
        finally
        {
            _gathering.Release();
        }
    }

    private void TakeDecoded(List<PendingImage> batch)
    {
        while (batch.Count < _batching.MaxImages && _decoded.Reader.TryRead(out PendingImage? image))
        {
            batch.Add(image);
        }
    }

    private void Run(List<PendingImage> batch, float[] inputs)
    {
        int length = _model.InputLength;
        List<PendingImage> run = [];
        foreach (PendingImage image in batch)
        {
            if (!image.IsCanceled)
            {
                image.Input.CopyTo(inputs.AsSpan(run.Count * length));
                run.Add(image);
            }

            Return(image.Input);
        }

        _gate.Leave(batch.Count);
        if (run.Count == 0)
        {
            return;
        }

        _telemetry.Batched(_name, run.Count);
        try
        {
            ReadOnlyMemory<float>[] outputs = _model.RunNetwork(inputs, run.Count);
            for (int i = 0; i < outputs.Length; i++)
            {
                run[i].Complete(outputs[i]);
            }
        }
        catch (Exception e)
        {
            run.ForEach(image => image.Fail(e));
        }
    }
}
