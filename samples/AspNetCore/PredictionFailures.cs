using Microsoft.AspNetCore.Diagnostics;
using TransferLearning.Hosting;

namespace TransferLearning.Samples;

/// <summary>Answers requests that fail with problem details: whose fault it is decides on the status.</summary>
internal sealed class PredictionFailures(IProblemDetailsService problems) : IExceptionHandler
{
    private const string RetryAfterSeconds = "1";

    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        int? status = exception switch
        {
            UnusableImageException { ExceedsMaxBytes: true } => StatusCodes.Status413PayloadTooLarge,
            UnusableImageException => StatusCodes.Status415UnsupportedMediaType,
            ModelQueueFullException => StatusCodes.Status503ServiceUnavailable,

            // Of Kestrel: 413 where the body is too large.
            BadHttpRequestException bad => bad.StatusCode,

            // A form that is damaged.
            InvalidDataException => StatusCodes.Status400BadRequest,
            _ => null,
        };
        if (status is null)
        {
            // A fault of the service: 500, without the details.
            return ValueTask.FromResult(false);
        }

        context.Response.StatusCode = status.Value;
        if (exception is ModelQueueFullException)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Detail = exception.Message, Status = status },
        });
    }
}
