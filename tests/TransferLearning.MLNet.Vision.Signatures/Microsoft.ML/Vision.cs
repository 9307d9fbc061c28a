using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Vision;

namespace Microsoft.ML.Vision
{
    public sealed class ImageClassificationTrainer : IEstimator<MulticlassPredictionTransformer<ImageClassificationModelParameters>>
    {
        private ImageClassificationTrainer() => throw Signature.Only();

        public enum Architecture
        {
            ResnetV2101,
            InceptionV3,
            MobilenetV2,
            ResnetV250,
        }

        public enum EarlyStoppingMetric
        {
            Accuracy,
            Loss,
        }

        public MulticlassPredictionTransformer<ImageClassificationModelParameters> Fit(IDataView input) => throw Signature.Only();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => throw Signature.Only();

        public sealed class Options
        {
            public string FeatureColumnName = "Features";
            public string LabelColumnName = "Label";
            public int BatchSize = 10;
            public int Epoch = 200;
            public float LearningRate = 0.01f;
            public EarlyStopping? EarlyStoppingCriteria;
            public Architecture Arch = Architecture.ResnetV250;
            public string ScoreColumnName = "Score";
            public string PredictedLabelColumnName = "PredictedLabel";
            public string FinalModelPrefix = "custom_retrained_model_based_on_";
            public Action<ImageClassificationMetrics>? MetricsCallback;
            public string? WorkspacePath;
            public bool TestOnTrainSet = true;
            public bool ReuseTrainSetBottleneckCachedValues;
            public bool ReuseValidationSetBottleneckCachedValues;
            public IDataView? ValidationSet;
            public float? ValidationSetFraction = 0.1f;
            public string TrainSetBottleneckCachedValuesFileName = "trainSetBottleneckFile.csv";
            public string ValidationSetBottleneckCachedValuesFileName = "validationSetBottleneckFile.csv";
            public LearningRateScheduler? LearningRateScheduler;
        }

        public sealed class EarlyStopping
        {
            public EarlyStopping(
                float minDelta = 0.01f,
                int patience = 20,
                EarlyStoppingMetric metric = EarlyStoppingMetric.Accuracy,
                bool checkIncreasing = true) => throw Signature.Only();

            public float MinDelta { get => throw Signature.Only(); set => throw Signature.Only(); }

            public int Patience { get => throw Signature.Only(); set => throw Signature.Only(); }
        }

        public sealed class ImageClassificationMetrics
        {
            public enum Dataset
            {
                Train,
                Validation,
            }

            public TrainMetrics? Train { get => throw Signature.Only(); set => throw Signature.Only(); }
        }

        public sealed class TrainMetrics
        {
            public ImageClassificationMetrics.Dataset DatasetUsed { get => throw Signature.Only(); set => throw Signature.Only(); }

            public int Epoch { get => throw Signature.Only(); set => throw Signature.Only(); }

            public float Accuracy { get => throw Signature.Only(); set => throw Signature.Only(); }

            public float CrossEntropy { get => throw Signature.Only(); set => throw Signature.Only(); }
        }
    }

    public sealed class ImageClassificationModelParameters : IDisposable
    {
        private ImageClassificationModelParameters() => throw Signature.Only();

        public void Dispose() => throw Signature.Only();
    }
}

namespace Microsoft.ML
{
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
