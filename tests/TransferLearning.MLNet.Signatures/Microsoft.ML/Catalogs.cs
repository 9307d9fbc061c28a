using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Microsoft.ML.Vision;

namespace Microsoft.ML
{
    public sealed class MLContext
    {
        public MLContext(int? seed = null) => throw Signature.Only();

        public string TempFilePath { get => throw Signature.Only(); set => throw Signature.Only(); }

        public MulticlassClassificationCatalog MulticlassClassification => throw Signature.Only();

        public TransformsCatalog Transforms => throw Signature.Only();

        public ModelOperationsCatalog Model => throw Signature.Only();

        public DataOperationsCatalog Data => throw Signature.Only();
    }

    public sealed class DataOperationsCatalog
    {
        public TrainTestData TrainTestSplit(
            IDataView data, double testFraction = 0.1, string? samplingKeyColumnName = null, int? seed = null) => throw Signature.Only();

        public struct TrainTestData
        {
            public IDataView TrainSet;
            public IDataView TestSet;
        }

        public IDataView LoadFromEnumerable<TRow>(IEnumerable<TRow> data, SchemaDefinition? schemaDefinition = null)
            where TRow : class => throw Signature.Only();

        public IEnumerable<TRow> CreateEnumerable<TRow>(
            IDataView data, bool reuseRowObject, bool ignoreMissingColumns = false, SchemaDefinition? schemaDefinition = null)
            where TRow : class, new() => throw Signature.Only();
    }

    public sealed class ModelOperationsCatalog
    {
        public void Save(ITransformer model, DataViewSchema inputSchema, string filePath) => throw Signature.Only();

        public ITransformer Load(string filePath, out DataViewSchema inputSchema) => throw Signature.Only();

        public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(
            ITransformer transformer,
            bool ignoreMissingColumns = true,
            SchemaDefinition? inputSchemaDefinition = null,
            SchemaDefinition? outputSchemaDefinition = null)
            where TSrc : class
            where TDst : class, new() => throw Signature.Only();
    }

    public sealed class PredictionEngine<TSrc, TDst> : IDisposable
        where TSrc : class
        where TDst : class, new()
    {
        private PredictionEngine() => throw Signature.Only();

        public TDst Predict(TSrc example) => throw Signature.Only();

        public void Dispose() => throw Signature.Only();
    }

    public sealed class MulticlassClassificationCatalog
    {
        public MulticlassClassificationTrainers Trainers => throw Signature.Only();

        public MulticlassClassificationMetrics Evaluate(
            IDataView data,
            string labelColumnName = "Label",
            string scoreColumnName = "Score",
            string predictedLabelColumnName = "PredictedLabel",
            int topKPredictionCount = 0) => throw Signature.Only();

        public IReadOnlyList<TrainCatalogBase.CrossValidationResult<MulticlassClassificationMetrics>> CrossValidate(
            IDataView data,
            IEstimator<ITransformer> estimator,
            int numberOfFolds = 5,
            string labelColumnName = "Label",
            string? samplingKeyColumnName = null,
            int? seed = null) => throw Signature.Only();

        public sealed class MulticlassClassificationTrainers;
    }

    public abstract class TrainCatalogBase
    {
        public sealed class CrossValidationResult<T>
            where T : class
        {
            private CrossValidationResult() => throw Signature.Only();

            public T Metrics => throw Signature.Only();
        }
    }

    public sealed class TransformsCatalog
    {
        public ConversionTransforms Conversion => throw Signature.Only();

        public sealed class ConversionTransforms;
    }

    public static class TransformExtensionsCatalog
    {
        public static ColumnCopyingEstimator CopyColumns(this TransformsCatalog catalog, string outputColumnName, string inputColumnName) =>
            throw Signature.Only();

        public static ColumnSelectingEstimator DropColumns(this TransformsCatalog catalog, params string[] columnNames) =>
            throw Signature.Only();
    }

    public static class ConversionsExtensionsCatalog
    {
        public static ValueMappingEstimator MapValue(
            this TransformsCatalog.ConversionTransforms catalog,
            string outputColumnName,
            IDataView lookupMap,
            DataViewSchema.Column keyColumn,
            DataViewSchema.Column valueColumn,
            string? inputColumnName = null) => throw Signature.Only();

        public static ValueToKeyMappingEstimator MapValueToKey(
            this TransformsCatalog.ConversionTransforms catalog,
            string outputColumnName,
            string? inputColumnName = null,
            int maximumNumberOfKeys = 1000000,
            ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
            bool addKeyValueAnnotationsAsText = false,
            IDataView? keyData = null) => throw Signature.Only();
    }

    public static class CustomMappingCatalog
    {
        public static CustomMappingEstimator<TSrc, TDst> CustomMapping<TSrc, TDst>(
            this TransformsCatalog catalog,
            Action<TSrc, TDst> mapAction,
            string? contractName,
            SchemaDefinition? inputSchemaDefinition = null,
            SchemaDefinition? outputSchemaDefinition = null)
            where TSrc : class, new()
            where TDst : class, new() => throw Signature.Only();
    }

    public static class ExpressionCatalog
    {
        public static ExpressionEstimator Expression(
            this TransformsCatalog catalog, string outputColumnName, string expression, params string[] inputColumnNames) =>
            throw Signature.Only();
    }

    public static class VisionCatalog
    {
        public static ImageClassificationTrainer ImageClassification(
            this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, ImageClassificationTrainer.Options options) =>
            throw Signature.Only();

        public static ImageClassificationTrainer ImageClassification(
            this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog,
            string labelColumnName = "Label",
            string featureColumnName = "Features",
            string scoreColumnName = "Score",
            string predictedLabelColumnName = "PredictedLabel",
            IDataView? validationSet = null) => throw Signature.Only();
    }
}

namespace Microsoft.ML.Data
{
    public sealed class MulticlassClassificationMetrics
    {
        private MulticlassClassificationMetrics() => throw Signature.Only();

        public double MicroAccuracy => throw Signature.Only();

        public double LogLoss => throw Signature.Only();
    }
}
